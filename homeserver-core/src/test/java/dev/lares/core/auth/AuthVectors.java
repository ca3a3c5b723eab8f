package dev.lares.core.auth;

import dev.lares.core.event.Pdu;
import dev.lares.core.id.EventId;
import dev.lares.core.testdata.VectorPdus;
import dev.lares.core.vectors.Vectors;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The cases of `vectors/auth-rules-v*.jsonl.gz`, whose README says what is in them.
final class AuthVectors {
    /// The cases of one room repeat its events.
    private static final Map<JsonNode, Pdu> PARSED = new ConcurrentHashMap<>();

    private AuthVectors() {}

    static Stream<Case> all() {
        return of("1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12");
    }

    static Stream<Case> of(String... versions) {
        return Stream.of(versions)
                .flatMap(version -> Vectors.lines("auth-rules-v" + version).stream())
                .map(line -> new Case((ObjectNode) line));
    }

    /// One candidate event in one room.
    record Case(ObjectNode line) {
        String id() {
            return line.get("id").stringValue();
        }

        String note() {
            return line.path("note").asString("");
        }

        String group() {
            return line.get("group").stringValue();
        }

        boolean allow() {
            return line.get("allow").booleanValue();
        }

        /// `format`, `auth_events` or `state`; empty where the event is allowed.
        String deniedBy() {
            return line.path("denied_by").asString("");
        }

        JsonNode content() {
            return line.get("event").get("content");
        }

        Room room() {
            var events = new HashMap<EventId, Pdu>();
            var rejected = new HashSet<EventId>();
            for (var entry : line.get("events")) {
                var pdu = PARSED.computeIfAbsent(entry, e -> VectorPdus.parse(e, version()));
                events.put(pdu.eventId(), pdu);
                if (entry.path("rejected").booleanValue(false)) {
                    rejected.add(pdu.eventId());
                }
            }
            var state =
                    line.get("state")
                            .valueStream()
                            .map(id -> events.get(new EventId(id.stringValue())))
                            .toList();
            return new Room(events, rejected, RoomState.of(state));
        }

        /// Throws a [dev.lares.core.error.MatrixException] where its format is wrong.
        Pdu candidate() {
            return VectorPdus.parse(line.get("event_id"), line.get("event"), version());
        }

        String version() {
            return line.get("room_version").stringValue();
        }

        @Override
        public String toString() {
            return id() + " " + group();
        }
    }

    /// What was there before the candidate.
    record Room(Map<EventId, Pdu> events, Set<EventId> rejected, RoomState state) {
        List<Pdu> authEvents(Pdu event) {
            return event.authEvents().stream().map(this::get).toList();
        }

        Optional<Pdu> impliedCreate(Pdu event) {
            return Optional.ofNullable(
                    events.get(new EventId("$" + event.roomId().value().substring(1))));
        }

        private Pdu get(EventId id) {
            @Nullable Pdu found = events.get(id);
            if (found == null) {
                throw new IllegalStateException("The vector lacks " + id);
            }
            return found;
        }
    }
}
