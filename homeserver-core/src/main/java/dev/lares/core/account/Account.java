package dev.lares.core.account;

import dev.lares.core.id.UserId;
import java.time.Instant;
import java.util.Optional;

/// An account of this server.
///
/// @param userNid the user's internal number
/// @param passwordHash absent where nobody can sign in with a password
/// @param admin whether its owner administers the server
/// @param deactivatedAt absent while the account lives
/// @param locked refuses everything but logging out
/// @param suspended refuses what others would notice
public record Account(
        long userNid,
        UserId userId,
        Instant createdAt,
        Optional<PasswordHash> passwordHash,
        boolean admin,
        boolean guest,
        Optional<Instant> deactivatedAt,
        boolean locked,
        boolean suspended) {

    public boolean deactivated() {
        return deactivatedAt.isPresent();
    }

    /// A stored password hash, kept out of logs.
    public record PasswordHash(String encoded) {
        @Override
        public String toString() {
            return "PasswordHash";
        }
    }
}
