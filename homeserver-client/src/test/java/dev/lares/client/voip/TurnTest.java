package dev.lares.client.voip;

import static dev.lares.core.testing.MatrixAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lares.core.testing.HomeserverTest;
import dev.lares.core.testing.TestHomeserver;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

@HomeserverTest(
        properties = {
            "lares.turn.uris=turn:turn.example.org?transport=udp,turns:turn.example.org",
            "lares.turn.shared-secret=between us",
            "lares.turn.lifetime=2h",
            "lares.turn.guests=false",
            "lares.registration.guests=true"
        })
class TurnTest {
    private static final String PATH = "/_matrix/client/v3/voip/turnServer";

    @Test
    void givesCredentialsThatTheTurnServerCanCheck(TestHomeserver server) throws Exception {
        var alice = server.register("alice");
        var answer = alice.get(PATH);
        assertThat(answer)
                .isOk()
                .hasJson(
                        "/uris",
                        "[\"turn:turn.example.org?transport=udp\",\"turns:turn.example.org\"]")
                .hasJson("/ttl", "7200");
        var username = answer.string("/username");
        assertThat(username).endsWith(":" + alice.id());
        long end = Long.parseLong(username.substring(0, username.indexOf(':')));
        assertThat(end)
                .isBetween(
                        Instant.now().getEpochSecond() + 7_000,
                        Instant.now().getEpochSecond() + 7_200);
        var mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec("between us".getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
        assertThat(Base64.getDecoder().decode(answer.string("/password")))
                .isEqualTo(mac.doFinal(username.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void givesGuestsNoneWhereTheyAreToGetNone(TestHomeserver server) {
        var guest = server.post("/_matrix/client/v3/register?kind=guest", "{}");
        assertThat(guest).isOk();
        assertThat(server.get(PATH + "?access_token={token}", guest.string("/access_token")))
                .hasStatus(403)
                .hasErrcode("M_GUEST_ACCESS_FORBIDDEN");
    }

    @Test
    void isRefusedWithoutAToken(TestHomeserver server) {
        assertThat(server.get(PATH)).hasStatus(401).hasErrcode("M_MISSING_TOKEN");
    }
}
