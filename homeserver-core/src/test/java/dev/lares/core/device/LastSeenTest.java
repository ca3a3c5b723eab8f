package dev.lares.core.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lares.core.account.SignInContext;
import dev.lares.core.id.DeviceId;
import dev.lares.core.testing.TestDatabase;
import dev.lares.core.testing.TestDatabaseExtension;
import dev.lares.core.token.DeviceLogin;
import dev.lares.core.token.Refreshing;
import dev.lares.core.token.SessionService;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabaseExtension.class)
class LastSeenTest {
    @Test
    void isWrittenForDevicesThatAreStillThere(TestDatabase database) {
        try (var context = new SignInContext(database, Map.of())) {
            var alice = context.create("alice");
            var phone = new DeviceId("PHONE");
            context.get(SessionService.class)
                    .open(
                            alice,
                            new DeviceLogin(
                                    Optional.of(phone), Optional.empty(), Refreshing.UNSUPPORTED));
            var recorder = context.get(LastSeenRecorder.class);
            recorder.seen(alice.userNid(), phone, "192.0.2.1", "first");
            recorder.seen(alice.userNid(), phone, "192.0.2.2", "x".repeat(300));
            recorder.seen(alice.userNid(), new DeviceId("GONE"), "192.0.2.3", "");
            recorder.write();
            recorder.write();
            var seen =
                    context.jdbc()
                            .sql(
                                    """
                                    SELECT device_id || ' ' || last_seen_ip || ' '
                                        || length(last_seen_user_agent)
                                    FROM device
                                    WHERE user_nid = ?
                                    """)
                            .param(alice.userNid())
                            .query(String.class)
                            .list();
            assertThat(seen).containsExactly("PHONE 192.0.2.2 255");
        }
    }
}
