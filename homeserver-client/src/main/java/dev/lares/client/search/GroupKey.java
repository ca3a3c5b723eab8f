package dev.lares.client.search;

import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.filter.EventFilter;
import dev.lares.core.search.MessageSearch.Found;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// By what results are grouped.
enum GroupKey {
    ROOM_ID("room_id", (byte) 'r'),
    SENDER("sender", (byte) 's');

    private final String key;
    private final byte mark;

    GroupKey(String key, byte mark) {
        this.key = key;
        this.mark = mark;
    }

    static Optional<GroupKey> ofMark(byte mark) {
        return Stream.of(values()).filter(one -> one.mark == mark).findFirst();
    }

    /// What stands for it in tokens.
    byte mark() {
        return mark;
    }

    /// `M_INVALID_PARAM` for a key that there is not.
    static GroupKey of(String key) {
        for (var one : values()) {
            if (one.key.equals(key)) {
                return one;
            }
        }
        throw new MatrixException(
                ErrorCode.M_INVALID_PARAM, "Results are grouped by room_id or sender");
    }

    String key() {
        return key;
    }

    String valueOf(Found found) {
        return switch (this) {
            case ROOM_ID -> found.room().roomId().value();
            case SENDER -> found.event().event().pdu().sender().value();
        };
    }

    /// The filter for one group of what it lets pass.
    EventFilter narrowed(EventFilter filter, String value) {
        var only = Optional.of(List.of(value));
        return switch (this) {
            case ROOM_ID ->
                    new EventFilter(
                            filter.limit(),
                            filter.types(),
                            filter.notTypes(),
                            filter.senders(),
                            filter.notSenders(),
                            filter.wantsRoom(value) ? only : Optional.of(List.of()),
                            filter.notRooms(),
                            filter.containsUrl(),
                            filter.relatedByRelTypes(),
                            filter.relatedBySenders(),
                            filter.members(),
                            filter.threadCounts());
            case SENDER ->
                    new EventFilter(
                            filter.limit(),
                            filter.types(),
                            filter.notTypes(),
                            filter.wantsSender(value) ? only : Optional.of(List.of()),
                            filter.notSenders(),
                            filter.rooms(),
                            filter.notRooms(),
                            filter.containsUrl(),
                            filter.relatedByRelTypes(),
                            filter.relatedBySenders(),
                            filter.members(),
                            filter.threadCounts());
        };
    }
}
