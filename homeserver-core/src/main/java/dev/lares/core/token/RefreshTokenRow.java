package dev.lares.core.token;

import dev.lares.core.id.DeviceId;
import java.time.Instant;
import java.util.Optional;

/// A refresh token.
///
/// @param successorNid the token that it was changed for, while nobody has used that one
record RefreshTokenRow(
        long refreshNid,
        long userNid,
        DeviceId deviceId,
        Optional<Instant> expiresAt,
        Optional<Long> successorNid) {}
