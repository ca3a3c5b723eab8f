package dev.lares.core.id;

import com.fasterxml.jackson.annotation.JsonValue;

/// A [user ID](https://spec.matrix.org/v1.19/appendices/#user-identifiers), historical ones
/// included: only the sigil, the length and the server name are checked here.
public record UserId(@JsonValue String value) {
    public UserId {
        Identifiers.requireSigil('@', value);
        ServerName.require(Identifiers.domain(value));
    }

    public static UserId of(String localpart, ServerName serverName) {
        return new UserId("@" + localpart + ":" + serverName.value());
    }

    public String localpart() {
        return value.substring(1, value.indexOf(':'));
    }

    public ServerName serverName() {
        return new ServerName(Identifiers.domain(value));
    }

    @Override
    public String toString() {
        return value;
    }
}
