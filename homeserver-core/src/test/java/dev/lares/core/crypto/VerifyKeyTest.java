package dev.lares.core.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerifyKeyTest {
    private static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
    private static final BigInteger D =
            BigInteger.valueOf(-121665).multiply(BigInteger.valueOf(121666).modInverse(P)).mod(P);

    private static final BigInteger ORDER =
            BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

    static List<byte[]> smallOrderPoints() {
        return VerifyKey.smallOrderPoints();
    }

    @ParameterizedTest
    @MethodSource("smallOrderPoints")
    void isNoPointOfSmallOrder(byte[] point) {
        for (int sign : new int[] {0, 0x80}) {
            byte[] key = point.clone();
            key[31] |= (byte) sign;
            assertThat(VerifyKey.parse(UnpaddedBase64.encode(key))).isEmpty();
        }
    }

    /// Eight times each of the points is the neutral element: the table holds what it says.
    @ParameterizedTest
    @MethodSource("smallOrderPoints")
    void knowsThePointsOfSmallOrder(byte[] encoded) {
        var y = littleEndian(encoded).mod(P);
        var y2 = y.multiply(y).mod(P);
        // x² = (y² − 1) / (d·y² + 1); doubling needs only x² and y, for a curve with a = −1.
        var x2 =
                y2.subtract(BigInteger.ONE)
                        .multiply(D.multiply(y2).add(BigInteger.ONE).modInverse(P))
                        .mod(P);
        for (int i = 0; i < 3; i++) {
            var dxy = D.multiply(x2).multiply(y2).mod(P);
            var yNext = y2.add(x2).multiply(BigInteger.ONE.subtract(dxy).modInverse(P)).mod(P);
            var xNext2 =
                    BigInteger.valueOf(4)
                            .multiply(x2)
                            .multiply(y2)
                            .multiply(
                                    BigInteger.ONE.add(dxy).modPow(BigInteger.TWO, P).modInverse(P))
                            .mod(P);
            y = yNext;
            y2 = y.multiply(y).mod(P);
            x2 = xNext2;
        }
        assertThat(y).isEqualTo(BigInteger.ONE);
        assertThat(x2).isEqualTo(BigInteger.ZERO);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "AA",
                "doI6LB2JPJzRHCPi2nKb3OqIHJsXRrtNDkEChrLyii",
                "?",
                "doI6LB2JPJzRHCPi2nKb3OqIHJsXRrtNDkEChrLyiIsAAA"
            })
    void hasThirtyTwoBytes(String text) {
        assertThat(VerifyKey.parse(text)).isEmpty();
    }

    @Test
    void verifiesOnlySignaturesOfThatMessage() {
        var key = SigningKey.of("1", new byte[32]);
        byte[] message = {1, 2, 3};
        byte[] signature = UnpaddedBase64.decode(key.sign(message)).orElseThrow();
        assertThat(key.verifyKey().verifies(message, signature)).isTrue();
        assertThat(key.verifyKey().verifies(new byte[] {1, 2}, signature)).isFalse();
        assertThat(key.verifyKey().verifies(message, new byte[63])).isFalse();
        assertThat(key.verifyKey().verifies(message, new byte[64])).isFalse();
    }

    /// S + L signs the same as S for who does not look; two encodings of one signature are two
    /// events for who hashes them.
    @Test
    void refusesASignatureWhoseScalarIsNotReduced() {
        var key = SigningKey.of("1", new byte[32]);
        byte[] message = {1};
        byte[] signature = UnpaddedBase64.decode(key.sign(message)).orElseThrow();
        byte[] scalar = Arrays.copyOfRange(signature, 32, 64);
        byte[] sum = littleEndian(scalar).add(ORDER).toByteArray();
        byte[] twisted = signature.clone();
        for (int i = 0; i < 32; i++) {
            twisted[32 + i] = i < sum.length ? sum[sum.length - 1 - i] : 0;
        }
        assertThat(HexFormat.of().formatHex(twisted))
                .isNotEqualTo(HexFormat.of().formatHex(signature));
        assertThat(key.verifyKey().verifies(message, twisted)).isFalse();
    }

    /// With the neutral element as R, whoever holds the key makes S = k·a: the equation holds, and
    /// libsodium refuses.
    @Test
    void refusesASignatureWithAPointOfSmallOrder() throws NoSuchAlgorithmException {
        byte[] seed = new byte[32];
        byte[] message = {1};
        byte[] secret = Arrays.copyOf(MessageDigest.getInstance("SHA-512").digest(seed), 32);
        secret[0] &= (byte) 0xf8;
        secret[31] &= 0x3f;
        secret[31] |= 0x40;
        byte[] neutral = new byte[32];
        neutral[0] = 1;
        var verifyKey = SigningKey.of("1", seed).verifyKey();
        var sha512 = MessageDigest.getInstance("SHA-512");
        sha512.update(neutral);
        sha512.update(UnpaddedBase64.decode(verifyKey.unpaddedBase64()).orElseThrow());
        var k = littleEndian(sha512.digest(message));
        byte[] scalar = k.multiply(littleEndian(secret)).mod(ORDER).toByteArray();
        byte[] signature = Arrays.copyOf(neutral, 64);
        for (int i = 0; i < scalar.length && i < 32; i++) {
            signature[32 + i] = scalar[scalar.length - 1 - i];
        }
        assertThat(verifyKey.verifies(message, signature)).isFalse();
    }

    private static BigInteger littleEndian(byte[] bytes) {
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return new BigInteger(1, reversed);
    }
}
