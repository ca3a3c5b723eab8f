package dev.lares.core.id;

/// What a path may hold where a room is named.
public sealed interface RoomIdOrAlias permits RoomId, RoomAlias {
    String value();

    static RoomIdOrAlias parse(String value) {
        return value.startsWith("#") ? new RoomAlias(value) : new RoomId(value);
    }
}
