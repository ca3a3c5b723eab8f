package dev.lares.core.roomversion;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The [room versions](https://spec.matrix.org/v1.19/rooms/) that this server speaks, each with its
/// rules.
public enum RoomVersion {
    V1("1", RoomVersionRules.V1),
    V2("2", RoomVersionRules.V2),
    V3("3", RoomVersionRules.V3),
    V4("4", RoomVersionRules.V4),
    V5("5", RoomVersionRules.V5),
    V6("6", RoomVersionRules.V6),
    V7("7", RoomVersionRules.V7),
    V8("8", RoomVersionRules.V8),
    V9("9", RoomVersionRules.V9),
    V10("10", RoomVersionRules.V10),
    V11("11", RoomVersionRules.V11),
    V12("12", RoomVersionRules.V12);

    private static final Map<String, RoomVersion> BY_ID =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(v -> v.id, v -> v));

    private final String id;
    private final RoomVersionRules rules;

    RoomVersion(String id, RoomVersionRules rules) {
        this.id = id;
        this.rules = rules;
    }

    public static Optional<RoomVersion> find(String id) {
        return Optional.ofNullable(BY_ID.get(id));
    }

    /// Throws `M_UNSUPPORTED_ROOM_VERSION` for a version that we do not speak.
    @JsonCreator
    public static RoomVersion get(String id) {
        return find(id).orElseThrow(() ->
                new MatrixException(
                        ErrorCode.M_UNSUPPORTED_ROOM_VERSION,
                        "This server does not support that room version"));
    }

    @JsonValue
    public String id() {
        return id;
    }

    public RoomVersionRules rules() {
        return rules;
    }

    @Override
    public String toString() {
        return id;
    }
}
