package dev.lares.client.slidingsync;

import java.util.Locale;

/// What filters look at in a room's state.
///
/// @param type [RoomFilter#NO_TYPE] where it has none
/// @param name empty where it has none
/// @param encrypted whether there is an `m.room.encryption`
record RoomTraits(String type, String name, boolean encrypted) {
    static final RoomTraits NONE = new RoomTraits(RoomFilter.NO_TYPE, "", false);

    String lowerName() {
        return name.toLowerCase(Locale.ROOT);
    }

    int sizeBytes() {
        return 120 + 2 * (type.length() + name.length());
    }
}
