package dev.lares.client.voip;

import static dev.lares.core.testing.MatrixAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lares.core.testing.HomeserverTest;
import dev.lares.core.testing.TestHomeserver;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

@HomeserverTest
class NoTurnTest {
    private static final URI TURN = URI.create("turn:turn.example.org");
    private static final Optional<String> SET = Optional.of("x");
    private static final Optional<String> UNSET = Optional.empty();

    @Test
    void isSaidWhereNothingIsSet(TestHomeserver server) {
        assertThat(server.register("alice").get("/_matrix/client/v3/voip/turnServer"))
                .hasStatus(404)
                .hasErrcode("M_NOT_FOUND");
    }

    @Test
    void isWhatSettingsThatContradictEachOtherGive() {
        assertThat(settings(TURN, UNSET, SET, SET).uris()).containsExactly(TURN);
        refuses(URI.create("https://turn.example.org"), SET, UNSET, UNSET);
        refuses(TURN, UNSET, UNSET, UNSET);
        refuses(TURN, UNSET, SET, UNSET);
        refuses(TURN, SET, SET, SET);
    }

    private static void refuses(
            URI uri, Optional<String> secret, Optional<String> name, Optional<String> password) {
        assertThatThrownBy(() -> settings(uri, secret, name, password))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static TurnProperties settings(
            URI uri, Optional<String> secret, Optional<String> name, Optional<String> password) {
        return new TurnProperties(List.of(uri), secret, name, password, Duration.ofHours(1), true);
    }
}
