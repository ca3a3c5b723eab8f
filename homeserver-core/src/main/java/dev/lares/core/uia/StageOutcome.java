package dev.lares.core.uia;

import dev.lares.core.error.ErrorCode;
import dev.lares.core.secret.TokenHash;
import java.util.Optional;

/// What an attempt at a stage came to.
sealed interface StageOutcome {
    /// @param registrationToken what the operation will use up
    record Passed(Optional<TokenHash> registrationToken) implements StageOutcome {}

    /// The client may try again.
    record Failed(ErrorCode code, String message) implements StageOutcome {}
}
