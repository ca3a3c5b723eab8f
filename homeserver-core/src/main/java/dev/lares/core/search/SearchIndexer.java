package dev.lares.core.search;

import dev.lares.core.domain.HostedDomains;
import dev.lares.core.id.EventId;
import dev.lares.core.log.AppliedBatch;
import dev.lares.core.log.Lease;
import dev.lares.core.log.LogReader;
import dev.lares.core.relations.Edits;
import dev.lares.core.relations.RelationTypes;
import dev.lares.core.room.EventReader;
import dev.lares.core.room.Redactions;
import dev.lares.core.room.RoomRef;
import dev.lares.core.room.RoomRefs;
import dev.lares.core.room.StoredEvent;
import dev.lares.core.room.TimelineEvent;
import dev.lares.core.room.TimelineReader;
import dev.lares.core.search.SearchEntryRepository.Changing;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/// Keeps the index behind the log, on one replica for all: what is said is in it a moment after it
/// is sent. An edit changes the words of the event that it edits and has none of its own; a
/// redaction takes words away, and those of a redacted edit.
@Component
class SearchIndexer implements LogReader {
    private static final String REDACTION = "m.room.redaction";

    /// Events that are indexed together.
    private static final int CHUNK = 500;

    private static final Set<String> TYPES =
            Stream.concat(
                            Stream.of(SearchKey.values()).map(SearchKey::eventType),
                            Stream.of(REDACTION))
                    .collect(Collectors.toUnmodifiableSet());

    private final SearchEntryRepository repository;
    private final RoomRefs rooms;
    private final EventReader events;
    private final TimelineReader timelines;
    private final Redactions redactions;
    private final Edits edits;
    private final HostedDomains domains;

    SearchIndexer(
            SearchEntryRepository repository,
            RoomRefs rooms,
            EventReader events,
            TimelineReader timelines,
            Redactions redactions,
            Edits edits,
            HostedDomains domains) {
        this.repository = repository;
        this.rooms = rooms;
        this.events = events;
        this.timelines = timelines;
        this.redactions = redactions;
        this.edits = edits;
        this.domains = domains;
    }

    @Override
    public String name() {
        return "search.index";
    }

    @Override
    public Start start() {
        return Start.OLDEST;
    }

    @Override
    public void read(AppliedBatch batch, Lease lease) {
        if (batch.streams().contains("event")) {
            var changing = repository.findOfBatch(batch, TYPES);
            for (int i = 0; i < changing.size(); i += CHUNK) {
                index(changing.subList(i, Math.min(changing.size(), i + CHUNK)), lease);
            }
        }
        if (batch.streams().contains("history")) {
            var older = repository.findHistory(batch.rooms(), TYPES, CHUNK);
            while (!older.isEmpty() && lease.isValid()) {
                index(older, lease);
                older =
                        older.size() < CHUNK
                                ? List.of()
                                : repository.findHistory(batch.rooms(), TYPES, CHUNK);
            }
        }
    }

    private void index(List<Changing> changing, Lease lease) {
        var work = new Work(changing);
        var entries = new HashMap<Long, SearchEntry>();
        work.fresh.forEach(row ->
                SearchKey.of(row.event().pdu())
                        .ifPresent(key ->
                                entries.put(
                                        row.event().nid(),
                                        SearchEntry.of(row, key, row.event().pdu().content()))));
        var again = work.again();
        var redacted = redactions.findApplied(bodies(again)).keySet();
        if (!again.isEmpty()) {
            var newest = edits.findNewest(bodies(again));
            again.values().stream()
                    .flatMap(List::stream)
                    .filter(row -> !redacted.contains(row.event().nid()))
                    .forEach(row ->
                            entry(row, newest).ifPresent(one -> entries.put(one.eventNid(), one)));
        }
        redacted.forEach(entries::remove);
        if (!entries.isEmpty()) {
            repository.upsert(List.copyOf(entries.values()), lease);
        }
        if (!redacted.isEmpty()) {
            repository.delete(redacted, lease);
        }
    }

    private static Optional<SearchEntry> entry(TimelineEvent row, Map<Long, StoredEvent> newest) {
        var pdu = row.event().pdu();
        if (isEdit(row.event())) {
            return Optional.empty();
        }
        var edit = newest.get(row.event().nid());
        var content = edit == null ? pdu.content() : edit.pdu().content().get("m.new_content");
        return content instanceof ObjectNode object
                ? SearchKey.of(pdu).map(key -> SearchEntry.of(row, key, object))
                : Optional.empty();
    }

    private static boolean isEdit(StoredEvent event) {
        return !event.pdu().isState()
                && RelationTypes.of(event.pdu()).filter(RelationTypes.REPLACE::equals).isPresent();
    }

    private static Map<RoomRef, List<StoredEvent>> bodies(Map<RoomRef, List<TimelineEvent>> rows) {
        var bodies = new HashMap<RoomRef, List<StoredEvent>>();
        rows.forEach(
                (room, all) -> bodies.put(room, all.stream().map(TimelineEvent::event).toList()));
        return bodies;
    }

    /// What there is to do for some events.
    private final class Work {
        /// Of which nothing can have changed: nobody knew their IDs before.
        private final List<TimelineEvent> fresh = new ArrayList<>();

        private final Map<RoomRef, Set<Long>> known = new HashMap<>();
        private final Map<RoomRef, Set<EventId>> targets = new HashMap<>();

        Work(List<Changing> changing) {
            var byNid =
                    rooms
                            .findAll(changing.stream().map(Changing::roomNid).distinct().toList())
                            .stream()
                            .collect(Collectors.toMap(RoomRef::roomNid, Function.identity()));
            var wanted = new HashMap<RoomRef, Collection<Long>>();
            for (var one : changing) {
                var room = byNid.get(one.roomNid());
                if (room != null) {
                    wanted.computeIfAbsent(room, missing -> new ArrayList<>()).add(one.eventNid());
                }
            }
            var found = events.find(wanted);
            for (var one : changing) {
                var event = found.get(one.eventNid());
                var room = byNid.get(one.roomNid());
                if (event != null && room != null && event.isAccepted()) {
                    add(room, new TimelineEvent(one.place(), event));
                }
            }
        }

        private void add(RoomRef room, TimelineEvent row) {
            var event = row.event();
            if (event.pdu().type().equals(REDACTION)) {
                event.pdu().redacts().ifPresent(target -> target(room, target));
            } else if (isEdit(event)) {
                RelationTypes.target(event.pdu()).ifPresent(target -> target(room, target));
            } else if (row.pos() > 0 && domains.isLocal(event.pdu().sender())) {
                fresh.add(row);
            } else {
                known.computeIfAbsent(room, missing -> new HashSet<>()).add(event.nid());
            }
        }

        private void target(RoomRef room, EventId target) {
            targets.computeIfAbsent(room, missing -> new HashSet<>()).add(target);
        }

        /// Events whose words may have changed.
        Map<RoomRef, List<TimelineEvent>> again() {
            if (!targets.isEmpty()) {
                var edited = new HashMap<RoomRef, Set<EventId>>();
                events.findByIds(targets).forEach((room, found) -> addTargets(room, found, edited));
                if (!edited.isEmpty()) {
                    events.findByIds(edited)
                            .forEach((room, found) -> addTargets(room, found, new HashMap<>()));
                }
            }
            var rows = new HashMap<RoomRef, List<TimelineEvent>>();
            known.forEach((room, nids) -> {
                var found = timelines.find(room, nids);
                if (!found.isEmpty()) {
                    rows.put(room, found);
                }
            });
            return rows;
        }

        /// @param edited gets what the events edit, where they do
        private void addTargets(
                RoomRef room, List<StoredEvent> found, Map<RoomRef, Set<EventId>> edited) {
            for (var event : found) {
                known.computeIfAbsent(room, missing -> new HashSet<>()).add(event.nid());
                if (isEdit(event)) {
                    RelationTypes.target(event.pdu())
                            .ifPresent(target ->
                                    edited.computeIfAbsent(room, missing -> new HashSet<>())
                                            .add(target));
                }
            }
        }
    }
}
