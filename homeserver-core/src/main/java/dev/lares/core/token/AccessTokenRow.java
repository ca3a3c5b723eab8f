package dev.lares.core.token;

import dev.lares.core.id.DeviceId;
import dev.lares.core.id.UserId;
import java.time.Instant;
import java.util.Optional;

/// An access token with what a request needs to know of its account.
///
/// @param unusedRefreshNid the refresh token that came with it, while the token has not been used
record AccessTokenRow(
        long tokenNid,
        long userNid,
        UserId userId,
        Optional<DeviceId> deviceId,
        Optional<Instant> expiresAt,
        Optional<Long> unusedRefreshNid,
        boolean admin,
        boolean guest,
        boolean locked,
        boolean suspended) {

    boolean expired(Instant now) {
        return expiresAt.isPresent() && !expiresAt.get().isAfter(now);
    }
}
