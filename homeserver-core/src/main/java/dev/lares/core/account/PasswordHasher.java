package dev.lares.core.account;

import dev.lares.core.account.Account.PasswordHash;
import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.bcrypt.BCrypt;
import org.springframework.stereotype.Component;

/// Hashes and checks passwords: Argon2id, and bcrypt with a pepper for accounts that were imported.
/// It costs tens of milliseconds of one core, so only as many run at once as leave a core to the
/// rest of the server, and those that wait too long are told to come again.
@Component
@EnableConfigurationProperties(PasswordProperties.class)
class PasswordHasher {
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int BCRYPT_BYTES_MAX = 72;

    /// How many wait at most; the next one is refused at once.
    private static final int WAITING_MAX = 200;

    private final PasswordProperties properties;
    private final Argon2PasswordEncoder argon2;
    private final Semaphore turns;
    private final PasswordHash decoy;

    PasswordHasher(PasswordProperties properties) {
        this.properties = properties;
        argon2 =
                new Argon2PasswordEncoder(
                        SALT_BYTES,
                        HASH_BYTES,
                        1,
                        properties.hashMemoryKib(),
                        properties.hashIterations());
        turns = new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() - 1), true);
        decoy = new PasswordHash(argon2.encode("decoy"));
    }

    PasswordHash hash(String password) {
        var input = normalize(password);
        return inTurn(() -> new PasswordHash(argon2.encode(input)));
    }

    boolean matches(String password, PasswordHash hash) {
        var input = normalize(password);
        return inTurn(
                () -> isBcrypt(hash) ? matchesBcrypt(input, hash) : matchesArgon2(input, hash));
    }

    /// Costs what [#matches] costs, so that the time does not tell which accounts exist.
    void matchNothing(String password) {
        var input = normalize(password);
        inTurn(() -> matchesArgon2(input, decoy));
    }

    /// Whether the hash was made in another way or at another cost than it would be today.
    boolean outdated(PasswordHash hash) {
        return isBcrypt(hash) || argon2.upgradeEncoding(hash.encoded());
    }

    private boolean matchesArgon2(String input, PasswordHash hash) {
        return argon2.matches(input, hash.encoded());
    }

    private boolean matchesBcrypt(String input, PasswordHash hash) {
        // The algorithm sees 72 bytes; where the hashes come from, the rest was cut off.
        var bytes = (input + properties.bcryptPepper()).getBytes(StandardCharsets.UTF_8);
        return BCrypt.checkpw(
                Arrays.copyOf(bytes, Math.min(bytes.length, BCRYPT_BYTES_MAX)), hash.encoded());
    }

    private static boolean isBcrypt(PasswordHash hash) {
        return hash.encoded().startsWith("$2");
    }

    /// Keyboards differ in how they compose the same character.
    private static String normalize(String password) {
        return Normalizer.normalize(password, Normalizer.Form.NFKC);
    }

    private <T> T inTurn(Supplier<T> work) {
        if (turns.getQueueLength() >= WAITING_MAX) {
            throw busy();
        }
        try {
            if (!turns.tryAcquire(properties.hashWait().toMillis(), TimeUnit.MILLISECONDS)) {
                throw busy();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw busy();
        }
        try {
            return work.get();
        } finally {
            turns.release();
        }
    }

    private MatrixException busy() {
        return new MatrixException(
                ErrorCode.M_LIMIT_EXCEEDED,
                ErrorCode.M_LIMIT_EXCEEDED.status(),
                "Too many passwords are being checked",
                Map.of("retry_after_ms", properties.hashWait().toMillis()));
    }
}
