package dev.lares.client.roomhead;

import dev.lares.client.roomhead.HeadEvent.Showing;
import dev.lares.client.roomhead.HeadReader.Found;
import dev.lares.client.roomhead.HeadReader.Stretch;
import dev.lares.client.roomhead.RoomHead.Members;
import dev.lares.core.event.Pdu;
import dev.lares.core.event.StateKey;
import dev.lares.core.id.EventId;
import dev.lares.core.membership.Membership;
import dev.lares.core.membership.RoomSummaries.SummaryBasis;
import dev.lares.core.room.HistoryVisibility;
import dev.lares.core.room.SharedRendering;
import dev.lares.core.room.StoredEvent;
import dev.lares.core.room.TimelineRow;
import dev.lares.core.state.StateEntry;
import dev.lares.core.state.StateStep;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Puts the head of one room together from what was read. No I/O.
final class HeadBuilder {
    private static final SummaryBasis NOBODY = new SummaryBasis(List.of(), List.of(), 0, 0, 0);

    private final Stretch stretch;
    private final Found found;
    private final Map<StateKey, List<HeadState>> states = new LinkedHashMap<>();

    /// Internal number of the event at each place at the end of what was read so far.
    private final List<StateStep> steps;

    HeadBuilder(Stretch stretch, Found found) {
        this.stretch = stretch;
        this.found = found;
        steps = found.steps().getOrDefault(stretch.roomNid(), List.of());
    }

    RoomHead build() {
        var known = stretch.known();
        if (known != null) {
            known.states().forEach((key, old) -> states.put(key, new ArrayList<>(old)));
        }
        for (var entry : found.base().getOrDefault(stretch.roomNid(), List.of())) {
            states.computeIfAbsent(entry.key(), key -> new ArrayList<>()).addFirst(state(entry, 0));
        }
        for (var step : steps) {
            states.computeIfAbsent(step.entry().key(), key -> new ArrayList<>())
                    .add(state(step.entry(), step.position().value()));
        }
        var summary = found.summaries().get(stretch.roomNid());
        if (summary == null) {
            summary = known == null ? NOBODY : known.summary();
        }
        var soFar =
                new RoomHead(
                        stretch.room(),
                        known == null ? stretch.floor() : known.floor(),
                        stretch.to(),
                        stretch.version(),
                        List.of(),
                        states,
                        members(summary),
                        summary,
                        stretch.notifSeq(),
                        stretch.hlSeq(),
                        known == null ? stretch.to() : known.built());
        var rows = new ArrayList<HeadRow>(known == null ? List.of() : knownRows(known));
        int version = stretch.version();
        int notifSeq = stretch.notifSeq();
        int hlSeq = stretch.hlSeq();
        for (var row : stretch.rows()) {
            rows.add(row(row, soFar, version, notifSeq, hlSeq));
            version = row.mainVer();
            notifSeq = row.notifSeq();
            hlSeq = row.hlSeq();
        }
        states.replaceAll((key, all) -> List.copyOf(all));
        return new RoomHead(
                        soFar.room(),
                        soFar.floor(),
                        soFar.upTo(),
                        version,
                        rows,
                        states,
                        soFar.members(),
                        summary,
                        notifSeq,
                        hlSeq,
                        soFar.built())
                .trimmed();
    }

    /// What was read before, with what came to relate to it since.
    private List<HeadRow> knownRows(RoomHead known) {
        return known.rows().stream()
                .map(row -> {
                    var event = row.event();
                    var relations = event == null ? null : found.relations().get(event.nid());
                    return event == null || relations == null
                            ? row
                            : row.with(event.with(relations));
                })
                .toList();
    }

    private Members members(SummaryBasis summary) {
        var known = stretch.known();
        if (known != null) {
            return known.members();
        }
        boolean all =
                stretch.floor().value() == 0 || summary.total() <= HeadReader.MEMBERS_WHOLE_MAX;
        return all ? Members.ALL : Members.SOME;
    }

    private HeadState state(StateEntry entry, long pos) {
        if (entry.eventNid() == 0) {
            return new HeadState(entry.key(), pos, 0, "", 0, null, null, ReadyJson.NONE);
        }
        var event = body(entry.eventNid());
        var pdu = event.pdu();
        return new HeadState(
                entry.key(),
                pos,
                event.nid(),
                pdu.sender().value(),
                pdu.originServerTs(),
                membership(pdu),
                pdu.is(HistoryVisibility.TYPE, "")
                        ? HistoryVisibility.of(Optional.of(pdu.content()))
                        : null,
                new ReadyJson(SharedRendering.render(event, Optional.empty(), found.applied())));
    }

    private HeadRow row(TimelineRow row, RoomHead head, int version, int notifSeq, int hlSeq) {
        var event = row.event().orElse(null);
        return new HeadRow(
                row.place(),
                row.notifSeq() - notifSeq,
                row.hlSeq() - hlSeq,
                row.countedNid(),
                row.rootNid(),
                event == null || row.rootNid() == 0 ? null : root(event.pdu()),
                row.exceptions(),
                event == null ? null : event(event, row.pos(), head, version));
    }

    private HeadEvent event(StoredEvent event, long pos, RoomHead head, int version) {
        var pdu = event.pdu();
        var before = head.visibilityBefore(pos);
        var stood =
                pdu.stateKey()
                        .flatMap(key -> head.before(new StateKey(pdu.type(), key), pos))
                        .filter(state -> !state.isGone());
        var replaced = stood.flatMap(state -> Optional.ofNullable(found.bodies().get(state.nid())));
        return new HeadEvent(
                event.nid(),
                pdu.type(),
                pdu.stateKey().orElse(null),
                pdu.sender().value(),
                pdu.originServerTs(),
                stood.isPresent() && replaced.isEmpty()
                        ? Showing.SINGLY
                        : showing(event, replaced, version),
                before,
                pdu.is(HistoryVisibility.TYPE, "")
                        ? HistoryVisibility.of(Optional.of(pdu.content()))
                        : before,
                membership(pdu),
                pdu.content().path("url").isString(),
                found.senders().get(event.nid()),
                new ReadyJson(SharedRendering.render(event, replaced, found.applied())),
                found.relations().get(event.nid()));
    }

    private Showing showing(StoredEvent event, Optional<StoredEvent> replaced, int version) {
        if (!event.isAccepted() || found.idle().contains(event.nid())) {
            return Showing.NOBODY;
        }
        boolean forAll = replaced.isEmpty() || found.visible().contains(replaced.get().nid());
        return forAll && standsOnMainLine(event, version) ? Showing.USUAL : Showing.SINGLY;
    }

    /// Whether the state before the event is what was current before it.
    private boolean standsOnMainLine(StoredEvent event, int version) {
        if (!event.hasState()) {
            return version == 0;
        }
        var main = found.mainLines().get(stretch.roomNid());
        return main != null && event.stateLine() == main.line() && event.stateVer() == version;
    }

    private StoredEvent body(long nid) {
        var event = found.bodies().get(nid);
        if (event == null) {
            throw new IllegalStateException("The state names event " + nid + ", which is missing");
        }
        return event;
    }

    private static @Nullable Membership membership(Pdu pdu) {
        if (!pdu.type().equals(RoomHead.MEMBER) || !pdu.isState()) {
            return null;
        }
        var value = pdu.content().get("membership");
        return value != null && value.isString()
                ? Membership.find(value.stringValue()).orElse(Membership.LEAVE)
                : Membership.LEAVE;
    }

    private static @Nullable EventId root(Pdu pdu) {
        var root = pdu.content().path("m.relates_to").path("event_id");
        return root.isString() ? EventId.find(root.stringValue()).orElse(null) : null;
    }
}
