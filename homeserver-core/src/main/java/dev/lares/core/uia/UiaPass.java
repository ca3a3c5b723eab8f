package dev.lares.core.uia;

import dev.lares.core.secret.TokenHash;
import java.util.Optional;

/// Proof that the stages of a flow were passed.
///
/// @param session to be ended once the operation is done
/// @param registrationToken the token that was shown, for the operation to use up
public record UiaPass(TokenHash session, Optional<TokenHash> registrationToken) {}
