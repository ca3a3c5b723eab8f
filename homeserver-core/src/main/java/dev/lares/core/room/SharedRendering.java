package dev.lares.core.room;

import dev.lares.core.event.ClientEvents;
import dev.lares.core.event.EventShape;
import dev.lares.core.event.EventUnsigned;
import dev.lares.core.membership.Membership;
import dev.lares.core.room.HistoryVisibility.JoinedLater;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Service;

/// Makes of stored events what can be shown to everybody at any time, so that it may be kept: as
/// [EventRendering] does, but without `age`, `membership` and `transaction_id`, which
/// [ClientEvents#withUnsigned] puts in.
@Service
public class SharedRendering {
    private final Redactions redactions;
    private final TransactionIdRepository transactionIds;
    private final VisibilityBeforeRepository visibilities;

    SharedRendering(
            Redactions redactions,
            TransactionIdRepository transactionIds,
            VisibilityBeforeRepository visibilities) {
        this.redactions = redactions;
        this.visibilities = visibilities;
        this.transactionIds = transactionIds;
    }

    /// What [#render] has to know of events of many rooms.
    public Applied findApplied(Map<RoomRef, ? extends Collection<StoredEvent>> events) {
        var applied = redactions.findApplied(events);
        if (applied.isEmpty()) {
            return new Applied(Map.of());
        }
        var ofThese = new HashMap<RoomRef, Collection<StoredEvent>>();
        events.forEach((room, all) -> {
            var found = new HashSet<StoredEvent>();
            for (var event : all) {
                var redaction = applied.get(event.nid());
                if (redaction != null) {
                    found.add(redaction);
                }
            }
            ofThese.put(room, found);
        });
        var both = new HashMap<>(applied);
        both.putAll(redactions.findApplied(ofThese));
        return new Applied(both);
    }

    /// Those of the rows' events that nobody gets: redactions that do not apply, or not yet.
    public Set<Long> findIdle(RoomRef room, Collection<TimelineEvent> rows) {
        return redactions.findIdle(room, rows);
    }

    /// Which devices sent those events, by their numbers.
    public Map<Long, SentBy> findSenders(Collection<Long> eventNids) {
        return eventNids.isEmpty() ? Map.of() : transactionIds.find(eventNids);
    }

    /// Those of the events that everybody may see who is in the room now: what was shared with
    /// those who join later.
    public Set<Long> findVisibleToMembers(Map<RoomRef, ? extends Collection<StoredEvent>> events) {
        if (events.isEmpty()) {
            return Set.of();
        }
        var visibility = visibilities.find(events);
        var visible = new HashSet<Long>();
        for (var all : events.values()) {
            for (var event : all) {
                var before = visibility.get(event.nid());
                if (before != null
                        && event.isAccepted()
                        && before.allows(Membership.LEAVE, JoinedLater.YES)) {
                    visible.add(event.nid());
                }
            }
        }
        return visible;
    }

    /// An event of a timeline, or of a state where nothing was replaced; without a room ID.
    ///
    /// @param replaced the state event that it replaced, with its content
    public static byte[] render(
            StoredEvent event, Optional<StoredEvent> replaced, Applied applied) {
        var unsigned = EventUnsigned.NONE;
        var redaction = applied.redactions().get(event.nid());
        if (redaction != null) {
            unsigned =
                    unsigned.withRedactedBecause(
                            ClientEvents.render(
                                    EventRendering.shown(redaction, applied.redactions()),
                                    EventShape.WITHOUT_ROOM_ID,
                                    EventUnsigned.NONE));
        }
        if (replaced.isPresent()) {
            var before = EventRendering.shown(replaced.get(), applied.redactions());
            unsigned =
                    unsigned.withReplacesState(before.eventId())
                            .withPrevContent(ClientEvents.content(before));
        }
        return ClientEvents.render(event.pdu(), EventShape.WITHOUT_ROOM_ID, unsigned);
    }

    /// @param redactions that apply, by the redacted event's number
    public record Applied(Map<Long, StoredEvent> redactions) {
        public Applied {
            redactions = Map.copyOf(redactions);
        }
    }
}
