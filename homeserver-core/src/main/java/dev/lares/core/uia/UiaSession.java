package dev.lares.core.uia;

import dev.lares.core.secret.TokenHash;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// A session as it stands.
///
/// @param id as the client carries it
/// @param binding what it serves
/// @param completed the stages passed
/// @param registrationToken the token that the operation will use up
record UiaSession(
        String id,
        Binding binding,
        Set<UiaStage> completed,
        Optional<TokenHash> registrationToken) {
    UiaSession {
        completed =
                Set.copyOf(
                        completed.isEmpty()
                                ? EnumSet.noneOf(UiaStage.class)
                                : EnumSet.copyOf(completed));
    }

    /// @param operation the operation's name
    /// @param userNid who must authenticate; 0 for anybody
    /// @param parameters fingerprint of the parameters
    record Binding(String operation, long userNid, String parameters) {}

    TokenHash hash() {
        return TokenHash.of(id);
    }

    UiaSession with(UiaStage stage, Optional<TokenHash> token) {
        var more = EnumSet.of(stage);
        more.addAll(completed);
        return new UiaSession(id, binding, more, token.or(() -> registrationToken));
    }
}
