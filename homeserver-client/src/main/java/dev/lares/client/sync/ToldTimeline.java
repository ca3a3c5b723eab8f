package dev.lares.client.sync;

import dev.lares.client.roomhead.ReadyJson;
import dev.lares.core.room.Place;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The end of a room's stretch, ready to be written.
///
/// @param events oldest first
/// @param limited whether events are left out before the first
/// @param before the place from which older events can be had
public record ToldTimeline(List<Event> events, boolean limited, Optional<Place> before) {
    public ToldTimeline {
        events = List.copyOf(events);
    }

    /// @param stateKey null where it is not state
    public record Event(
            ReadyJson json, long pos, String type, @Nullable String stateKey, String sender) {
        /// Whether it is a membership.
        public boolean isMember() {
            return stateKey != null && type.equals("m.room.member");
        }
    }
}
