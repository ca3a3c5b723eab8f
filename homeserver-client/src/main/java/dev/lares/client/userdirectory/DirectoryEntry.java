package dev.lares.client.userdirectory;

import dev.lares.core.id.UserId;
import java.util.Optional;

/// A user whom a search finds.
record DirectoryEntry(
        long userNid, UserId userId, Optional<String> displayName, Optional<String> avatarUrl) {}
