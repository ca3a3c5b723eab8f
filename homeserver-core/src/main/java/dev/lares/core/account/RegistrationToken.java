package dev.lares.core.account;

import java.time.Instant;
import java.util.Optional;

/// A registration token as an administrator sees it; the token itself is kept hashed and cannot be
/// shown again.
///
/// @param id names it in lists and to delete it
/// @param hint its first characters
/// @param usesAllowed absent: any number
/// @param completed how many accounts were registered with it
/// @param expiresAt absent: never
/// @param usable whether an account could be registered with it right now
public record RegistrationToken(
        String id,
        String hint,
        Optional<Integer> usesAllowed,
        int completed,
        Optional<Instant> expiresAt,
        Instant createdAt,
        boolean usable) {}
