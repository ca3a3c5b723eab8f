package dev.lares.core.position;

import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.id.DeviceId;
import dev.lares.core.log.LogSecrets;
import dev.lares.core.log.Position;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;

/// Writes and reads tokens. The first letter says what it is and is its version: what a later form
/// of this server gives out, an older replica refuses and does not misread.
@Component
public class PositionTokens {
    private static final String MAC_ALGORITHM = "HmacSHA256";
    private static final char SYNC = 's';
    private static final char PAGE = 'p';
    private static final char CONNECTION = 'c';
    private static final int MAC_BYTES = 10;
    private static final int DEVICE_BYTES = 4;
    private static final int SYNC_BYTES = 2 * Long.BYTES + DEVICE_BYTES;
    private static final int PAGE_BYTES = 2 * Long.BYTES;
    private static final int CONNECTION_BYTES = 2 * Long.BYTES + Integer.BYTES;

    /// Longest token that we look at.
    private static final int LENGTH_MAX = 64;

    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

    private final LogSecrets secrets;

    PositionTokens(LogSecrets secrets) {
        this.secrets = secrets;
    }

    /// A `next_batch`.
    ///
    /// @param toDevice how far messages to the device are delivered with the answer
    public String sync(Position position, long toDevice, Optional<DeviceId> device) {
        var body = ByteBuffer.allocate(SYNC_BYTES);
        body.putLong(position.value()).putLong(toDevice).put(deviceMark(device));
        return write(SYNC, body.array());
    }

    /// A `prev_batch`, `start` or `end`.
    public String page(long depth, long pos) {
        var body = ByteBuffer.allocate(PAGE_BYTES);
        body.putLong(depth).putLong(pos);
        return write(PAGE, body.array());
    }

    /// A `pos` of a sliding sync.
    public String connection(ConnectionToken token) {
        var body = ByteBuffer.allocate(CONNECTION_BYTES);
        body.putLong(token.epoch()).putInt(token.serial()).putLong(token.position().value());
        return write(CONNECTION, body.array());
    }

    /// What a `pos` says; absent where it is none of ours. Whose it is, the connection says.
    public Optional<ConnectionToken> findConnection(String token) {
        if (token.length() > LENGTH_MAX || token.isEmpty() || token.charAt(0) != CONNECTION) {
            return Optional.empty();
        }
        try {
            return Optional.of(connection(token));
        } catch (MatrixException e) {
            return Optional.empty();
        }
    }

    private ConnectionToken connection(String token) {
        var body = ByteBuffer.wrap(body(token, CONNECTION_BYTES));
        return new ConnectionToken(body.getLong(), body.getInt(), new Position(body.getLong()));
    }

    /// What a token says to that device. `M_INVALID_PARAM` where it is not one of ours.
    public PositionToken read(String token, Optional<DeviceId> device) {
        if (token.length() < 2 || token.length() > LENGTH_MAX) {
            throw unknown();
        }
        return switch (token.charAt(0)) {
            case SYNC -> sync(body(token, SYNC_BYTES), device);
            case PAGE -> {
                var body = ByteBuffer.wrap(body(token, PAGE_BYTES));
                yield new PositionToken.Page(body.getLong(), body.getLong());
            }
            // A place in the log like that of a sync, without messages to a device.
            case CONNECTION -> new PositionToken.Sync(connection(token).position(), 0);
            default -> throw unknown();
        };
    }

    /// The token of a sync. `M_INVALID_PARAM` where it is none of ours.
    public PositionToken.Sync readSync(String token, Optional<DeviceId> device) {
        if (read(token, device) instanceof PositionToken.Sync sync) {
            return sync;
        }
        throw unknown();
    }

    private static PositionToken.Sync sync(byte[] bytes, Optional<DeviceId> device) {
        var body = ByteBuffer.wrap(bytes);
        long position = body.getLong();
        long toDevice = body.getLong();
        var mark = new byte[DEVICE_BYTES];
        body.get(mark);
        boolean own = Arrays.equals(mark, deviceMark(device));
        return new PositionToken.Sync(new Position(position), own ? toDevice : 0);
    }

    private String write(char kind, byte[] body) {
        var mac = mac(kind, body);
        var all = Arrays.copyOf(body, body.length + MAC_BYTES);
        System.arraycopy(mac, 0, all, body.length, MAC_BYTES);
        return kind + ENCODER.encodeToString(all);
    }

    private byte[] body(String token, int size) {
        byte[] all;
        try {
            all = DECODER.decode(token.substring(1));
        } catch (IllegalArgumentException e) {
            throw unknown();
        }
        if (all.length != size + MAC_BYTES) {
            throw unknown();
        }
        var body = Arrays.copyOf(all, size);
        var mac = Arrays.copyOfRange(all, size, all.length);
        if (!MessageDigest.isEqual(mac, mac(token.charAt(0), body))) {
            throw unknown();
        }
        return body;
    }

    private byte[] mac(char kind, byte[] body) {
        try {
            var mac = Mac.getInstance(MAC_ALGORITHM);
            mac.init(new SecretKeySpec(secrets.tokenKey(), MAC_ALGORITHM));
            mac.update((byte) kind);
            return Arrays.copyOf(mac.doFinal(body), MAC_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has " + MAC_ALGORITHM, e);
        }
    }

    /// Enough to tell a user's devices apart; which they are is no secret.
    private static byte[] deviceMark(Optional<DeviceId> device) {
        try {
            var name = device.map(DeviceId::value).orElse("").getBytes(StandardCharsets.UTF_8);
            return Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(name), DEVICE_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    private static MatrixException unknown() {
        return new MatrixException(
                ErrorCode.M_INVALID_PARAM, "This is not a token that the server gave out");
    }
}
