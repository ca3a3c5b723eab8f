package dev.lares.core.membership;

import java.util.Optional;

/// Where a membership comes from.
///
/// @param sender ID of the user who brought it about; empty where it was removed from the state
/// @param lastStay the last time before it that the user was in the room
public record MembershipOrigin(String sender, Optional<Stay> lastStay) {}
