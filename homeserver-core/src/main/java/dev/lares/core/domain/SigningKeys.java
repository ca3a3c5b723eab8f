package dev.lares.core.domain;

import dev.lares.core.crypto.SigningKey;
import dev.lares.core.id.ServerName;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/// The key with which each hosted domain signs events and requests, made at first need. It is kept
/// in the database and not in a file, so that replicas share it and a backup holds it.
@Service
public class SigningKeys {
    private static final Logger log = LoggerFactory.getLogger(SigningKeys.class);
    private static final int VERSION_BYTES = 4;
    private static final int SEED_BYTES = 32;

    private final SigningKeyRepository repository;
    private final HostedDomains domains;
    private final Clock clock;
    private final SecureRandom random;
    private final Map<ServerName, SigningKey> known = new ConcurrentHashMap<>();

    SigningKeys(
            SigningKeyRepository repository,
            HostedDomains domains,
            Clock clock,
            SecureRandom random) {
        this.repository = repository;
        this.domains = domains;
        this.clock = clock;
        this.random = random;
    }

    /// The key of one of our domains. Throws an [IllegalArgumentException] for any other.
    public SigningKey get(ServerName domain) {
        var key = known.get(domain);
        if (key == null) {
            if (!domains.isLocal(domain)) {
                throw new IllegalArgumentException("We cannot sign for " + domain);
            }
            key = findOrMake(domain);
            known.put(domain, key);
        }
        return key;
    }

    private SigningKey findOrMake(ServerName domain) {
        var found = repository.findCurrent(domain);
        if (found.isPresent()) {
            return found.get();
        }
        var version = new byte[VERSION_BYTES];
        random.nextBytes(version);
        var seed = new byte[SEED_BYTES];
        random.nextBytes(seed);
        var made = SigningKey.of("a_" + HexFormat.of().formatHex(version), seed);
        if (repository.insertIfAbsent(domain, made.keyId(), seed, clock.millis())) {
            log.warn(
                    "A new signing key {} was made for {}. It is in the table signing_key: without"
                            + " it other servers will not believe this one, so keep backups of the"
                            + " database.",
                    made.keyId(),
                    domain);
        }
        return repository.findCurrent(domain).orElseThrow();
    }
}
