package dev.lares.core.uia;

import dev.lares.core.secret.SealedValues;
import dev.lares.core.secret.TokenHash;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Service;

/// Sessions: the ID carries what the session is bound to, under a MAC; the database only holds
/// which stages were passed.
@Service
class UiaSessionService {
    static final Duration LIFETIME = Duration.ofMinutes(30);

    private static final String PURPOSE = "uia-session";

    private final UiaSessionRepository sessions;
    private final SealedValues sealed;
    private final Clock clock;

    UiaSessionService(UiaSessionRepository sessions, SealedValues sealed, Clock clock) {
        this.sessions = sessions;
        this.sealed = sealed;
        this.clock = clock;
    }

    UiaSession.Binding binding(UiaOperation operation) {
        var fingerprint = sealed.fingerprint("uia-parameters", operation.parameterBytes());
        return new UiaSession.Binding(
                operation.name(),
                operation.requester().map(requester -> requester.userNid()).orElse(0L),
                Base64.getUrlEncoder().withoutPadding().encodeToString(fingerprint));
    }

    UiaSession create(UiaSession.Binding binding) {
        var text = binding.operation() + "\n" + binding.userNid() + "\n" + binding.parameters();
        var id = sealed.seal(PURPOSE, text.getBytes(StandardCharsets.UTF_8), LIFETIME);
        return new UiaSession(id, binding, Set.of(), Optional.empty());
    }

    /// Empty where the session is not ours or has expired.
    Optional<UiaSession> find(String id) {
        return sealed.open(PURPOSE, id)
                .map(payload -> {
                    var parts = new String(payload, StandardCharsets.UTF_8).split("\n", -1);
                    var binding =
                            new UiaSession.Binding(parts[0], Long.parseLong(parts[1]), parts[2]);
                    var progress = sessions.find(TokenHash.of(id));
                    return new UiaSession(
                            id,
                            binding,
                            progress.map(UiaSessionRepository.Progress::completed).orElse(Set.of()),
                            progress.flatMap(UiaSessionRepository.Progress::registrationToken));
                });
    }

    void complete(UiaSession session, UiaStage stage, Optional<TokenHash> token) {
        var now = Instant.now(clock);
        sessions.sweep(now);
        sessions.addCompleted(session.hash(), stage, token, now.plus(LIFETIME));
    }

    void delete(TokenHash session) {
        sessions.delete(session);
    }
}
