package dev.lares.core.room;

import dev.lares.core.account.ErasedUsers;
import dev.lares.core.event.ClientEvents;
import dev.lares.core.event.EventShape;
import dev.lares.core.event.EventUnsigned;
import dev.lares.core.event.Pdu;
import dev.lares.core.event.Redaction;
import dev.lares.core.membership.Membership;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;
import tools.jackson.databind.node.ObjectNode;

/// Makes of stored events what a client gets: redacted where a redaction applies, and with
/// `unsigned`. A batch costs the same few statements however many events it holds, and no event is
/// parsed for it.
@Service
public class EventRendering {
    private final Redactions redactions;
    private final StateBefore stateBefore;
    private final EventVisibility visibility;
    private final TimelineReader timelines;
    private final TransactionIdRepository transactionIds;
    private final ErasedUsers erased;
    private final Clock clock;

    EventRendering(
            Redactions redactions,
            StateBefore stateBefore,
            EventVisibility visibility,
            TimelineReader timelines,
            TransactionIdRepository transactionIds,
            ErasedUsers erased,
            Clock clock) {
        this.redactions = redactions;
        this.stateBefore = stateBefore;
        this.visibility = visibility;
        this.timelines = timelines;
        this.transactionIds = transactionIds;
        this.erased = erased;
        this.clock = clock;
    }

    /// Events of a timeline as JSON, in the same order. What relates to them is put in as it is
    /// given: clients get events from [dev.lares.core.relations.BundledRendering].
    ///
    /// @param relations `m.relations` of those of the events that have any, by their numbers
    public List<byte[]> render(
            RoomRef room,
            Viewer viewer,
            List<SeenEvent> seen,
            EventShape shape,
            Map<Long, byte[]> relations) {
        if (seen.isEmpty()) {
            return List.of();
        }
        var events = seen.stream().map(SeenEvent::event).toList();
        var replaced = stateBefore.findReplaced(room, events);
        var all = Stream.concat(events.stream(), replaced.values().stream()).toList();
        var context =
                new Context(
                        shape,
                        clock.millis(),
                        findRedactions(room, all),
                        replaced,
                        findVisible(room, viewer, replaced.values()),
                        findTransactionIds(viewer, events),
                        relations);
        return seen.stream().map(event -> render(event, context)).toList();
    }

    /// State events by themselves as JSON, in the same order, without what depends on where in a
    /// timeline they are met.
    public List<byte[]> renderState(
            RoomRef room, Collection<StoredEvent> states, EventShape shape) {
        var applied = findRedactions(room, states);
        long now = clock.millis();
        return states.stream()
                .map(state ->
                        ClientEvents.render(
                                state.pdu(), shape, unsigned(state, applied, shape, now)))
                .toList();
    }

    /// The contents of state events as they are shown, redactions applied, in the same order.
    public List<ObjectNode> contents(RoomRef room, Collection<StoredEvent> states) {
        var applied = redactions.findApplied(room, states);
        return states.stream().map(state -> shown(state, applied).content()).toList();
    }

    /// The contents of state events of many rooms as they are shown, by the events' internal
    /// numbers.
    public Map<Long, ObjectNode> contents(Map<RoomRef, ? extends Collection<StoredEvent>> states) {
        var applied = redactions.findApplied(states);
        var contents = new HashMap<Long, ObjectNode>();
        for (var ofRoom : states.values()) {
            for (var state : ofRoom) {
                contents.put(state.nid(), shown(state, applied).content());
            }
        }
        return contents;
    }

    /// The contents of state events as JSON, in the same order.
    public List<byte[]> renderContents(RoomRef room, Collection<StoredEvent> states) {
        var applied = redactions.findApplied(room, states);
        return states.stream().map(state -> ClientEvents.content(shown(state, applied))).toList();
    }

    private byte[] render(SeenEvent seen, Context context) {
        var event = seen.event();
        var unsigned =
                unsigned(event, context.redactions(), context.shape(), context.now())
                        .withMembership(seen.membership().value());
        var transactionId = context.transactionIds().get(event.nid());
        if (transactionId != null) {
            unsigned = unsigned.withTransactionId(transactionId);
        }
        var relations = context.relations().get(event.nid());
        if (relations != null) {
            unsigned = unsigned.withRelations(relations);
        }
        var previous = context.replaced().get(event.nid());
        if (previous != null) {
            unsigned = unsigned.withReplacesState(previous.eventId());
            if (context.visible().contains(previous.nid()) && !isErasedFor(seen, previous)) {
                var content = ClientEvents.content(shown(previous, context.redactions()));
                unsigned = unsigned.withPrevContent(content);
            }
        }
        var shown = isErasedFor(seen, event) ? Redaction.redact(event.pdu()) : event.pdu();
        return ClientEvents.render(shown, context.shape(), unsigned);
    }

    /// Whether the event's sender wanted to be erased and the viewer was not in the room.
    private boolean isErasedFor(SeenEvent seen, StoredEvent event) {
        return seen.membership() != Membership.JOIN && erased.contains(event.pdu().sender());
    }

    private static EventUnsigned unsigned(
            StoredEvent event, Map<Long, StoredEvent> redactions, EventShape shape, long now) {
        var unsigned = EventUnsigned.ofAge(now - event.pdu().originServerTs());
        var redaction = redactions.get(event.nid());
        if (redaction == null) {
            return unsigned;
        }
        var age = EventUnsigned.ofAge(now - redaction.pdu().originServerTs());
        return unsigned.withRedactedBecause(
                ClientEvents.render(shown(redaction, redactions), shape, age));
    }

    /// The event without what redactions have taken.
    static Pdu shown(StoredEvent event, Map<Long, StoredEvent> redactions) {
        return redactions.containsKey(event.nid()) ? Redaction.redact(event.pdu()) : event.pdu();
    }

    /// What applies to the events, and to what applies to them: a redaction's reason may be
    /// redacted as well.
    private Map<Long, StoredEvent> findRedactions(RoomRef room, Collection<StoredEvent> events) {
        var applied = redactions.findApplied(room, events);
        if (applied.isEmpty()) {
            return applied;
        }
        var both = new HashMap<>(applied);
        both.putAll(redactions.findApplied(room, new HashSet<>(applied.values())));
        return both;
    }

    private Set<Long> findVisible(RoomRef room, Viewer viewer, Collection<StoredEvent> replaced) {
        if (replaced.isEmpty()) {
            return Set.of();
        }
        var rows =
                timelines.find(room, replaced.stream().map(StoredEvent::nid).distinct().toList());
        return visibility.filter(room, viewer, rows).stream()
                .map(seen -> seen.event().nid())
                .collect(Collectors.toSet());
    }

    private Map<Long, String> findTransactionIds(Viewer viewer, List<StoredEvent> events) {
        var own =
                events.stream()
                        .filter(event -> event.senderNid() == viewer.userNid())
                        .map(StoredEvent::nid)
                        .toList();
        return own.isEmpty() ? Map.of() : transactionIds.find(viewer, own);
    }

    private record Context(
            EventShape shape,
            long now,
            Map<Long, StoredEvent> redactions,
            Map<Long, StoredEvent> replaced,
            Set<Long> visible,
            Map<Long, String> transactionIds,
            Map<Long, byte[]> relations) {}
}
