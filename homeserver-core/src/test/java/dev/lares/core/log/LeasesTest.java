package dev.lares.core.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lares.core.testing.LogNode;
import dev.lares.core.testing.TestDatabase;
import dev.lares.core.testing.TestDatabaseExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabaseExtension.class)
class LeasesTest {
    @Test
    void areHeldByOneReplicaAtATimeAndCountTakeovers(TestDatabase database) {
        try (var one = new LogNode(database);
                var two = new LogNode(database)) {
            var first = one.bean(Leases.class).tryAcquire("work").orElseThrow();
            assertThat(first.isValid()).isTrue();
            assertThat(one.bean(Leases.class).tryAcquire("work")).isEmpty();
            assertThat(two.bean(Leases.class).tryAcquire("work")).isEmpty();

            one.bean(Leases.class).release(first);
            assertThat(first.isValid()).isFalse();
            var second = two.bean(Leases.class).tryAcquire("work").orElseThrow();
            assertThat(second.epoch()).isEqualTo(first.epoch() + 1);

            // The holder vanished, and its time ran out.
            one.jdbc().sql("UPDATE lease SET until_ts = now() - interval '1 s'").update();
            var third = one.bean(Leases.class).tryAcquire("work").orElseThrow();
            assertThat(third.epoch()).isEqualTo(second.epoch() + 1);
        }
    }
}
