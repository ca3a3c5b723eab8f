package dev.lares.core.crypto;

import java.security.SecureRandom;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/// An Ed25519 key with which a server signs, and its
/// [ID](https://spec.matrix.org/v1.19/appendices/#signing-details). Never printed by accident: only
/// [#print()] shows the seed.
public final class SigningKey {
    private static final String ALGORITHM = "ed25519";

    /// As long as each signature in unpadded Base64.
    static final String UNSIGNED = UnpaddedBase64.encode(new byte[Ed25519.SIGNATURE_SIZE]);

    private static final Pattern VERSION = Pattern.compile("[a-zA-Z0-9_]+");

    private final String keyId;
    private final Ed25519PrivateKeyParameters key;

    private SigningKey(String keyId, byte[] seed) {
        this.keyId = keyId;
        this.key = new Ed25519PrivateKeyParameters(seed);
    }

    /// A new key.
    ///
    /// @param version what follows `ed25519:` in the key's ID
    public static SigningKey generate(String version, SecureRandom random) {
        byte[] seed = new byte[Ed25519.SECRET_KEY_SIZE];
        random.nextBytes(seed);
        return of(version, seed);
    }

    /// Throws an [IllegalArgumentException] where the version or the length of the seed is wrong.
    public static SigningKey of(String version, byte[] seed) {
        if (!VERSION.matcher(version).matches()) {
            throw new IllegalArgumentException(
                    "The version of a signing key consists of a-z, A-Z, 0-9 and _");
        }
        if (seed.length != Ed25519.SECRET_KEY_SIZE) {
            throw new IllegalArgumentException("The seed of a signing key has 32 bytes");
        }
        return new SigningKey(ALGORITHM + ":" + version, seed);
    }

    /// Reads a line of a signing key file as Synapse and others write it: `ed25519`, version and
    /// seed in unpadded Base64, with spaces between. Throws an [IllegalArgumentException] that does
    /// not quote the line.
    public static SigningKey parse(String line) {
        var parts = line.strip().split("\\s+", -1);
        if (parts.length != 3 || !parts[0].equals(ALGORITHM)) {
            throw new IllegalArgumentException(
                    "A signing key is written as: ed25519 <version> <seed in Base64>");
        }
        return of(
                parts[1],
                UnpaddedBase64.decode(parts[2])
                        .orElseThrow(() ->
                                new IllegalArgumentException(
                                        "The seed of the signing key is not Base64")));
    }

    /// The secret line that [#parse] reads.
    public String print() {
        return ALGORITHM
                + " "
                + keyId.substring(ALGORITHM.length() + 1)
                + " "
                + UnpaddedBase64.encode(key.getEncoded());
    }

    /// Such as `ed25519:a_1`.
    public String keyId() {
        return keyId;
    }

    public VerifyKey verifyKey() {
        return new VerifyKey(key.generatePublicKey());
    }

    /// The signature in unpadded Base64.
    public String sign(byte[] message) {
        byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
        key.sign(Ed25519.Algorithm.Ed25519, null, message, 0, message.length, signature, 0);
        return UnpaddedBase64.encode(signature);
    }

    @Override
    public String toString() {
        return "SigningKey[" + keyId + "]";
    }
}
