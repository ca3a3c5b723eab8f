package dev.lares.core.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.lares.core.testdata.PduBuilder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Invites of users whom the room knew by an address only.
class ThirdPartyInviteTest {
    private static final String SENDER = "@sender:a.example";
    private static final String TARGET = "@target:b.example";
    private static final byte[] SEED =
            "an identity server's secret seed".getBytes(StandardCharsets.US_ASCII);

    private final PduBuilder room = PduBuilder.room("11");

    @Test
    void areAllowedByAKeyInEitherAlphabetAndPlace() {
        for (var encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
            var key = encoder.withoutPadding().encodeToString(publicKey());
            var signature = encoder.withoutPadding().encodeToString(sign(signed()));
            var single = "{\"public_key\":\"" + key + "\"}";
            var listed =
                    "{\"public_keys\":[{\"public_key\":\"AA\"},{\"public_key\":\"" + key + "\"}]}";

            assertThat(check(single, signature)).isEqualTo(AuthDecision.allowed());
            assertThat(check(listed, signature)).isEqualTo(AuthDecision.allowed());
        }
    }

    @Test
    void areRejectedWithASignatureOfSomethingElse() {
        var key = Base64.getEncoder().withoutPadding().encodeToString(publicKey());
        var signature = Base64.getEncoder().withoutPadding().encodeToString(sign("{}"));

        assertThat(check("{\"public_key\":\"" + key + "\"}", signature))
                .isEqualTo(
                        new AuthDecision.Rejected(
                                "v11 4.4.1.8", "no signature fits a key of the offer"));
    }

    @Test
    void areRejectedWithWhatIsNoKeyOrNoSignature() {
        for (var text : List.of("", "?", "AA", "\\u0000")) {
            assertThat(check("{\"public_key\":\"" + text + "\"}", text).isAllowed()).isFalse();
        }
        assertThatCode(() -> check("{\"public_key\":5,\"public_keys\":{\"a\":1}}", "AA"))
                .doesNotThrowAnyException();
    }

    @Test
    @Timeout(20)
    void costNoMoreThanABoundedNumberOfVerifications() {
        var random = new SecureRandom();
        var keys =
                IntStream.range(0, 700)
                        .mapToObj(i -> "{\"public_key\":\"" + randomText(random, 32) + "\"}")
                        .collect(Collectors.joining(",", "{\"public_keys\":[", "]}"));
        var signatures =
                IntStream.range(0, 500)
                        .mapToObj(i -> "\"ed25519:" + i + "\":\"" + randomText(random, 64) + "\"")
                        .collect(Collectors.joining(","));
        long start = System.nanoTime();

        var decision = checkAll(keys, signatures);

        assertThat(decision.isAllowed()).isFalse();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }

    private AuthDecision check(String offer, String signature) {
        return checkAll(offer, "\"ed25519:0\":\"" + signature + "\"");
    }

    private AuthDecision checkAll(String offer, String signatures) {
        var state =
                RoomState.of(
                        List.of(
                                room.create(SENDER, "{}"),
                                room.state("m.room.third_party_invite", "token", SENDER, offer)));
        var content =
                """
                {"membership":"invite","third_party_invite":{"display_name":"x","signed":
                {"mxid":"%s","token":"token","signatures":{"id.example":{%s}}}}}
                """
                        .formatted(TARGET, signatures);
        return EventAuthorizer.check(room.state("m.room.member", TARGET, SENDER, content), state);
    }

    private static String signed() {
        return "{\"mxid\":\"" + TARGET + "\",\"token\":\"token\"}";
    }

    private static byte[] publicKey() {
        var key = new byte[Ed25519.PUBLIC_KEY_SIZE];
        Ed25519.generatePublicKey(SEED, 0, key, 0);
        return key;
    }

    private static byte[] sign(String message) {
        var bytes = message.getBytes(StandardCharsets.UTF_8);
        var signature = new byte[Ed25519.SIGNATURE_SIZE];
        Ed25519.sign(SEED, 0, bytes, 0, bytes.length, signature, 0);
        return signature;
    }

    private static String randomText(SecureRandom random, int length) {
        var bytes = new byte[length];
        random.nextBytes(bytes);
        return Base64.getEncoder().withoutPadding().encodeToString(bytes);
    }
}
