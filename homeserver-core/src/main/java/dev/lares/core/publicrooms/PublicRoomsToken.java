package dev.lares.core.publicrooms;

import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import java.util.regex.Pattern;

/// A place between two rooms of a directory and the direction to go on in. It tells nothing that
/// the page did not, and a forged one shows nothing else, so it has no MAC.
///
/// @param joined members of the room that the page ended with
/// @param roomNid its internal number
record PublicRoomsToken(Direction direction, int joined, long roomNid) {
    /// Before the first room.
    static final PublicRoomsToken START =
            new PublicRoomsToken(Direction.FORWARD, Integer.MAX_VALUE, 0);

    private static final Pattern FORM = Pattern.compile("([nb])([0-9]{1,9})_([0-9]{1,18})");

    /// Which way to go on.
    enum Direction {
        FORWARD,
        BACKWARD
    }

    static PublicRoomsToken behind(RoomListing room) {
        return new PublicRoomsToken(Direction.FORWARD, room.joinedMembers(), room.roomNid());
    }

    static PublicRoomsToken before(RoomListing room) {
        return new PublicRoomsToken(Direction.BACKWARD, room.joinedMembers(), room.roomNid());
    }

    /// `M_INVALID_PARAM` where it is no token of ours.
    static PublicRoomsToken parse(String text) {
        var matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new MatrixException(
                    ErrorCode.M_INVALID_PARAM, "This is not a token that the server gave out");
        }
        return new PublicRoomsToken(
                matcher.group(1).equals("n") ? Direction.FORWARD : Direction.BACKWARD,
                Integer.parseInt(matcher.group(2)),
                Long.parseLong(matcher.group(3)));
    }

    @Override
    public String toString() {
        return (direction == Direction.FORWARD ? "n" : "b") + joined + "_" + roomNid;
    }
}
