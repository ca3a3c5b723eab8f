package dev.lares.core.stateres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lares.core.event.Pdu;
import dev.lares.core.id.EventId;
import dev.lares.core.roomversion.RoomVersion;
import dev.lares.core.testdata.VectorPdus;
import dev.lares.core.vectors.Vectors;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/// All vectors of state resolution.
class StateResolutionVectorsTest {
    @ParameterizedTest
    @MethodSource("rooms")
    void resolveAsTheSpecificationHasIt(Vector vector) {
        var room = vector.room();
        var random = new Random(vector.id().hashCode());
        int index = 0;
        for (var resolution : vector.line().get("resolutions")) {
            var name = vector.id() + " " + index++ + " " + resolution.get("kind");
            var states = resolution.get("state_sets").valueStream().map(Vector::eventIds).toList();
            var expected = Vector.eventIds(resolution.get("resolved"));
            var deviations = StateDeviation.of(resolution.path("note").asString(""));
            if (!deviations.isEmpty()) {
                var bySynapse = expected;
                expected = NaiveResolution.resolve(room, states);
                assertThat(expected).as(name + " " + deviations).isNotEqualTo(bySynapse);
            }

            assertThat(room.resolve(states, random))
                    .as(name + " " + deviations)
                    .isEqualTo(expected);
        }
    }

    static Stream<Vector> rooms() {
        return Stream.of("1", "2", "6", "10", "11", "12")
                .flatMap(version -> Vectors.lines("state-resolution-v" + version).stream())
                .map(Vector::new);
    }

    record Vector(JsonNode line) {
        String id() {
            return line.get("id").stringValue();
        }

        TestRoom room() {
            var version = line.get("room_version").stringValue();
            var events = new ArrayList<Pdu>();
            var rejected = new HashSet<EventId>();
            for (var entry : line.get("events")) {
                var event = VectorPdus.parse(entry, version);
                events.add(event);
                if (entry.path("rejected").booleanValue(false)) {
                    rejected.add(event.eventId());
                }
            }
            return new TestRoom(RoomVersion.get(version), events, rejected);
        }

        static Set<EventId> eventIds(JsonNode ids) {
            return ids.valueStream()
                    .map(id -> new EventId(id.stringValue()))
                    .collect(Collectors.toSet());
        }

        @Override
        public String toString() {
            return id() + " " + line.get("theme").asString();
        }
    }
}
