package dev.lares.core.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lares.core.id.ServerName;
import dev.lares.core.json.JsonRules;
import dev.lares.core.vectors.Vectors;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class SignedJsonTest {
    private static final SigningKey KEY =
            SigningKey.parse("ed25519 1 " + Vectors.spec("signing").get("seed").stringValue());
    private static final Signer SIGNER = new Signer(new ServerName("domain"), KEY);

    static Stream<JsonNode> specificationVectors() {
        return Vectors.spec("signing").get("json").valueStream();
    }

    @ParameterizedTest
    @MethodSource("specificationVectors")
    void fitsTheVectorsOfTheSpecification(JsonNode vector) {
        var object = (ObjectNode) vector.get("input").deepCopy();
        SignedJson.sign(object, SIGNER);
        assertThat(object).isEqualTo(vector.get("signed"));
        assertThat(isSigned(object)).isTrue();
    }

    @Test
    void doesNotCoverSignaturesAndUnsigned() {
        var object = object("{\"a\":1,\"unsigned\":{\"b\":2}}");
        SignedJson.sign(object, SIGNER);
        object.putObject("unsigned").put("b", 3);
        ((ObjectNode) object.get("signatures")).putObject("other").put("ed25519:x", "AA");
        assertThat(isSigned(object)).isTrue();
        object.put("a", 2);
        assertThat(isSigned(object)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"signatures\":1}",
                "{\"signatures\":{\"domain\":1}}",
                "{\"signatures\":{\"domain\":{}}}",
                "{\"signatures\":{\"domain\":{\"ed25519:1\":\"AA\"}}}",
                "{\"signatures\":{\"domain\":{\"ed25519:1\":{}}}}",
                "{\"signatures\":{\"domain\":{\"ed25519:1\":\"?\"}}}",
                "{\"signatures\":{\"domain\":{\"ed25519:unknown\":\"AA\"}}}",
                "{\"signatures\":{\"domain\":{\"rsa:1\":\"AA\"}}}"
            })
    void isUnsignedWithoutAGoodSignatureByAKnownKey(String json) {
        assertThat(isSigned(object(json))).isFalse();
    }

    @Test
    void passesOverSignaturesOfUnknownKeysAndAlgorithms() {
        var object = object("{\"signatures\":{\"domain\":{\"ed25519:x\":\"AA\",\"rsa:1\":1}}}");
        SignedJson.sign(object, SIGNER);
        assertThat(isSigned(object)).isTrue();
    }

    @Test
    void readsAKeyThatItPrinted() {
        var key = SigningKey.generate("a_1", new SecureRandom());
        var read = SigningKey.parse(key.print() + "\n");
        assertThat(read.keyId()).isEqualTo("ed25519:a_1");
        assertThat(read.verifyKey()).isEqualTo(key.verifyKey());
        assertThat(VerifyKey.parse(key.verifyKey().unpaddedBase64())).contains(key.verifyKey());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ed25519 1",
                "rsa 1 YJDBA9Xnr2sVqXD9Vj7XVUnmFZcZrlw8Md7kMW+3XA1",
                "ed25519 a-b YJDBA9Xnr2sVqXD9Vj7XVUnmFZcZrlw8Md7kMW+3XA1",
                "ed25519 1 YJDBA9Xnr2sVqXD9Vj7XVUnm",
                "ed25519 1 ?JDBA9Xnr2sVqXD9Vj7XVUnmFZcZrlw8Md7kMW+3XA1"
            })
    void refusesALineThatIsNoKeyWithoutQuotingIt(String line) {
        assertThatThrownBy(() -> SigningKey.parse(line))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("JDBA9");
    }

    @Test
    void doesNotPrintItsSeedByAccident() {
        assertThat(KEY).hasToString("SigningKey[ed25519:1]");
    }

    @ParameterizedTest
    @CsvSource({
        "'',''",
        "f,Zg",
        "fo,Zm8",
        "foo,Zm9v",
        "foob,Zm9vYg",
        "fooba,Zm9vYmE",
        "foobar,Zm9vYmFy"
    })
    void writesBase64WithoutPadding(String text, String base64) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        assertThat(UnpaddedBase64.encode(bytes)).isEqualTo(base64);
        assertThat(UnpaddedBase64.decode(base64)).hasValue(bytes);
        String padded = base64 + "=".repeat((4 - base64.length() % 4) % 4);
        assertThat(UnpaddedBase64.decode(padded)).hasValue(bytes);
    }

    @Test
    void startsOnlyWithBouncyCastle() {
        assertThat(new Ed25519Check()).isNotNull();
    }

    private static boolean isSigned(ObjectNode object) {
        return SignedJson.isSignedBy(
                "domain",
                object,
                (_, keyId) ->
                        keyId.equals("ed25519:1") ? Optional.of(KEY.verifyKey()) : Optional.empty(),
                JsonRules.STRICT);
    }

    private static ObjectNode object(String json) {
        return (ObjectNode) JsonMapper.shared().readTree(json);
    }
}
