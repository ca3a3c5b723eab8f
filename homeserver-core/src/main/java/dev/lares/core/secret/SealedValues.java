package dev.lares.core.secret;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Values that a client carries for us: readable by it, but neither made nor changed by it, and
/// good for a while only. What nobody has proved anything about yet needs no row this way, so that
/// nobody can fill a table by asking.
@Component
public class SealedValues {
    private static final int NONCE_BYTES = 12;
    private static final int MAC_BYTES = 16;
    private static final int OVERHEAD_BYTES = Long.BYTES + NONCE_BYTES + MAC_BYTES;
    private static final int TEXT_LENGTH_MAX = 2048;
    private static final String MAC_ALGORITHM = "HmacSHA256";

    private final ServerSecretRepository secrets;
    private final SecureRandom random;
    private final Clock clock;
    private volatile @Nullable SecretKeySpec key;

    SealedValues(ServerSecretRepository secrets, SecureRandom random, Clock clock) {
        this.secrets = secrets;
        this.random = random;
        this.clock = clock;
    }

    /// @param purpose what the value is for; it opens for no other
    public String seal(String purpose, byte[] payload, Duration lifetime) {
        var nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        var sealed =
                ByteBuffer.allocate(OVERHEAD_BYTES + payload.length)
                        .putLong(clock.millis() + lifetime.toMillis())
                        .put(nonce)
                        .put(payload);
        var mac = mac(purpose, sealed.array(), sealed.position());
        sealed.put(mac, 0, MAC_BYTES);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed.array());
    }

    /// The payload, where the value is ours and has not expired.
    public Optional<byte[]> open(String purpose, String text) {
        if (text.length() > TEXT_LENGTH_MAX) {
            return Optional.empty();
        }
        byte[] sealed;
        try {
            sealed = Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // not ours
        }
        int payloadLength = sealed.length - OVERHEAD_BYTES;
        if (payloadLength < 0) {
            return Optional.empty();
        }
        int macAt = sealed.length - MAC_BYTES;
        var expected = Arrays.copyOf(mac(purpose, sealed, macAt), MAC_BYTES);
        if (!MessageDigest.isEqual(expected, Arrays.copyOfRange(sealed, macAt, sealed.length))) {
            return Optional.empty();
        }
        if (ByteBuffer.wrap(sealed).getLong() <= clock.millis()) {
            return Optional.empty();
        }
        return Optional.of(Arrays.copyOfRange(sealed, Long.BYTES + NONCE_BYTES, macAt));
    }

    /// A keyed digest: equal for equal input, and no help to who wants to guess the input.
    public byte[] fingerprint(String purpose, byte[] input) {
        return Arrays.copyOf(mac(purpose, input, input.length), MAC_BYTES);
    }

    private byte[] mac(String purpose, byte[] input, int length) {
        try {
            var mac = Mac.getInstance(MAC_ALGORITHM);
            mac.init(key());
            mac.update(purpose.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            mac.update(input, 0, length);
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has " + MAC_ALGORITHM, e);
        }
    }

    private SecretKeySpec key() {
        var known = key;
        if (known == null) {
            known = new SecretKeySpec(secrets.getOrCreate("sealed-values"), MAC_ALGORITHM);
            key = known;
        }
        return known;
    }
}
