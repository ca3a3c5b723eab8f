package dev.lares.core.health;

import static dev.lares.core.testing.MatrixAssertions.assertThat;

import dev.lares.core.testing.HomeserverTest;
import dev.lares.core.testing.TestHomeserver;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;

@HomeserverTest(with = HealthTest.Checks.class)
class HealthTest {
    private static final AtomicReference<Optional<String>> PROBLEM =
            new AtomicReference<>(Optional.empty());

    static class Checks {
        @Bean
        ReadinessCheck brokenAtWill() {
            return PROBLEM::get;
        }
    }

    @Test
    void isOkInPlainText(TestHomeserver server) {
        for (var path : new String[] {"/health", "/livez", "/readyz"}) {
            var response = server.get(path);
            assertThat(response).isOk();
            assertThat(response.text()).isEqualTo("OK");
            assertThat(response.header("Content-Type").orElseThrow()).startsWith("text/plain");
        }
    }

    @Test
    void saysWhatIsNotReady(TestHomeserver server) {
        PROBLEM.set(Optional.of("the log cannot be written"));
        try {
            var response = server.get("/readyz");
            assertThat(response).hasStatus(503);
            assertThat(response.text()).isEqualTo("the log cannot be written");
            assertThat(server.get("/livez")).isOk();
        } finally {
            PROBLEM.set(Optional.empty());
        }
    }
}
