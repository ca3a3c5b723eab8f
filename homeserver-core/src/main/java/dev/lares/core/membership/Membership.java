package dev.lares.core.membership;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The `membership` of an
/// [`m.room.member`](https://spec.matrix.org/v1.19/client-server-api/#mroommember).
public enum Membership {
    JOIN("join"),
    INVITE("invite"),
    KNOCK("knock"),
    LEAVE("leave"),
    BAN("ban");

    private static final Map<String, Membership> BY_VALUE =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(m -> m.value, m -> m));

    private final String value;

    Membership(String value) {
        this.value = value;
    }

    public static Optional<Membership> find(String value) {
        return Optional.ofNullable(BY_VALUE.get(value));
    }

    @JsonCreator
    public static Membership get(String value) {
        return find(value)
                .orElseThrow(() -> new IllegalArgumentException("No membership: " + value));
    }

    @JsonValue
    public String value() {
        return value;
    }

    /// Whether the user was in the room and is not any more.
    public boolean isGone() {
        return this == LEAVE || this == BAN;
    }
}
