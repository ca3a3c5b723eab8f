package dev.lares.core.log;

import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The secrets of this database, shared by its replicas and made by the first: one keys the state
/// hashes, one the MACs of position tokens. They never change.
@Component
public class LogSecrets {
    private static final int KEY_BYTES = 32;

    private final LogEpochRepository repository;
    private final SecureRandom random;
    private volatile @Nullable Keys keys;

    LogSecrets(JdbcClient jdbc, SecureRandom random) {
        this.random = random;
        repository = new LogEpochRepository(jdbc);
    }

    /// The key of the state hashes, 32 bytes, not to be modified.
    public byte[] stateHashKey() {
        return get().stateHashKey();
    }

    /// The key of the tokens' MACs, 32 bytes, not to be modified.
    public byte[] tokenKey() {
        return get().tokenKey();
    }

    private Keys get() {
        var known = keys;
        if (known == null) {
            repository.insertIfAbsent(repository.getOrigin(), newKeys());
            known = repository.findKeys().orElseThrow();
            keys = known;
        }
        return known;
    }

    private Keys newKeys() {
        var stateHashKey = new byte[KEY_BYTES];
        var tokenKey = new byte[KEY_BYTES];
        random.nextBytes(stateHashKey);
        random.nextBytes(tokenKey);
        return new Keys(stateHashKey, tokenKey);
    }

    /// The two keys, as the row holds them.
    static final class Keys {
        private final byte[] stateHashKey;
        private final byte[] tokenKey;

        Keys(byte[] stateHashKey, byte[] tokenKey) {
            this.stateHashKey = stateHashKey;
            this.tokenKey = tokenKey;
        }

        byte[] stateHashKey() {
            return stateHashKey;
        }

        byte[] tokenKey() {
            return tokenKey;
        }
    }
}
