package dev.lares.core.crypto;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/// The public half of an Ed25519 key. Immutable; the point is decoded once.
public final class VerifyKey {
    public static final int SIGNATURE_BYTES = Ed25519.SIGNATURE_SIZE;

    /// Points of small order, without their sign bit. Under such a key, or with such a point in a
    /// signature, one signature fits many messages; libsodium, with which most servers verify,
    /// refuses them, and who verifies otherwise ends up with another room.
    private static final List<byte[]> SMALL_ORDER =
            List.of(
                    smallOrder("0000000000000000000000000000000000000000000000000000000000000000"),
                    smallOrder("0100000000000000000000000000000000000000000000000000000000000000"),
                    smallOrder("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
                    smallOrder("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"),
                    smallOrder("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
                    smallOrder("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
                    smallOrder("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"));

    private final Ed25519PublicKeyParameters point;

    VerifyKey(Ed25519PublicKeyParameters point) {
        this.point = point;
    }

    /// Empty where the text is not the Base64 of a usable point.
    public static Optional<VerifyKey> parse(String unpaddedBase64) {
        return UnpaddedBase64.decode(unpaddedBase64).flatMap(VerifyKey::of);
    }

    private static Optional<VerifyKey> of(byte[] bytes) {
        if (bytes.length != Ed25519.PUBLIC_KEY_SIZE || hasSmallOrder(bytes)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new VerifyKey(new Ed25519PublicKeyParameters(bytes)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    public boolean verifies(byte[] message, byte[] signature) {
        return signature.length == SIGNATURE_BYTES
                && !hasSmallOrder(signature)
                && point.verify(
                        Ed25519.Algorithm.Ed25519, null, message, 0, message.length, signature, 0);
    }

    public String unpaddedBase64() {
        return UnpaddedBase64.encode(point.getEncoded());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VerifyKey key
                && Arrays.equals(point.getEncoded(), key.point.getEncoded());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(point.getEncoded());
    }

    @Override
    public String toString() {
        return unpaddedBase64();
    }

    /// Looks at the first 32 bytes.
    private static boolean hasSmallOrder(byte[] encoded) {
        return SMALL_ORDER.stream().anyMatch(point -> isPoint(encoded, point));
    }

    private static boolean isPoint(byte[] encoded, byte[] point) {
        int last = point.length - 1;
        return (encoded[last] & 0x7f) == point[last]
                && Arrays.equals(encoded, 0, last, point, 0, last);
    }

    private static byte[] smallOrder(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    static List<byte[]> smallOrderPoints() {
        return SMALL_ORDER;
    }
}
