package dev.lares.core.stateres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lares.core.event.EventDraft;
import dev.lares.core.event.Pdu;
import dev.lares.core.event.StateKey;
import dev.lares.core.id.EventId;
import dev.lares.core.id.UserId;
import dev.lares.core.roomversion.RoomVersion;
import dev.lares.core.testdata.PduBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Graphs that an attacker would build: long and with many edges.
class LongChainsTest {
    private static final int LENGTH = 250_000;

    /// Each event cites ten of the last hundred: 2.5 million edges, and no end of paths.
    @Test
    @Timeout(30)
    void costTheConflictOneWalk() {
        var random = new Random(1);
        var builder = AuthGraph.builder();
        for (int event = 0; event < LENGTH; event++) {
            int cited = Math.min(event, 10);
            int last = event;
            builder.add(
                    event,
                    random.ints(cited, Math.max(0, last - 100), Math.max(1, last))
                            .mapToLong(i -> i)
                            .toArray(),
                    AuthGraph.Kind.OTHER,
                    AuthGraph.Verdict.ACCEPTED);
        }
        var graph = builder.build();
        var states = new ArrayList<StateMap>();
        for (int i = 0; i < 70; i++) {
            states.add(StateMap.of(new int[] {0}, new int[] {graph.number(LENGTH - 1 - i * 1000)}));
        }
        long start = System.nanoTime();

        var conflict = StateConflict.of(RoomVersion.V12, graph, states);

        assertThat(System.nanoTime() - start).isLessThan(5_000_000_000L);
        assertThat(conflict.fullConflictedSet()).hasSizeGreaterThan(60_000).hasSizeLessThan(80_000);
    }

    /// Power levels that rest on one another, all in question, as deep as no stack is.
    @ParameterizedTest
    @EnumSource(
            value = RoomVersion.class,
            names = {"V2", "V12"})
    @Timeout(60)
    void resolveWithoutRecursion(RoomVersion version) {
        var chain = new Chain(version);
        var random = new Random(1);
        chain.append(
                "m.room.create", "", "{\"creator\":\"@creator:a.example\"}", List.of(), random);
        chain.append(
                "m.room.member",
                "@creator:a.example",
                "{\"membership\":\"join\"}",
                List.of(0),
                random);
        int from = version.rules().roomIdFromCreateEvent() ? 1 : 0;
        var base = from == 1 ? List.of(1) : List.of(0, 1);
        int length = 20_000;
        for (int i = 0; i < length; i++) {
            var cited = new ArrayList<>(base);
            if (i > 0) {
                cited.add(i + 1);
            }
            chain.append("m.room.power_levels", "", "{\"users_default\":100}", cited, random);
        }
        var topic = new ArrayList<>(base);
        topic.add(length + 1);
        int end = chain.append("m.room.topic", "", "{}", topic, random);
        var keys = StateKeys.counting();
        var graph = chain.graph.build();
        var first = chain.state(keys, graph, List.of(0, 1, 2));
        var last = chain.state(keys, graph, List.of(0, 1, length + 1, end));

        var conflict = StateConflict.of(version, graph, List.of(first, last));
        var resolved =
                StateResolver.resolve(
                        conflict, keys, number -> chain.events.get((int) graph.id(number)));

        assertThat(conflict.fullConflictedSet()).hasSizeGreaterThanOrEqualTo(length);
        assertThat(resolved.size()).isEqualTo(4);
    }

    private static final class Chain {
        private final PduBuilder builder;
        private final AuthGraph.Builder graph = AuthGraph.builder();
        private final List<Pdu> events = new ArrayList<>();

        Chain(RoomVersion version) {
            builder = PduBuilder.room(version.id());
        }

        int append(
                String type, String stateKey, String content, List<Integer> cited, Random random) {
            var sender = new UserId("@creator:a.example");
            var draft = EventDraft.state(sender, type, stateKey, PduBuilder.object(content));
            var authEvents = cited.stream().map(events::get).map(Pdu::eventId).toList();
            var prev = events.isEmpty() ? List.<EventId>of() : List.of(events.getLast().eventId());
            int number = events.size();
            events.add(builder.make(draft, number, number, prev, authEvents, random));
            graph.add(
                    number,
                    cited.stream().mapToLong(Integer::longValue).toArray(),
                    type.equals("m.room.power_levels")
                            ? AuthGraph.Kind.POWER_LEVELS
                            : AuthGraph.Kind.OTHER,
                    AuthGraph.Verdict.ACCEPTED);
            return number;
        }

        StateMap state(StateKeys keys, AuthGraph built, List<Integer> members) {
            return StateMap.of(
                    members.stream().map(events::get).mapToInt(e -> number(keys, e)).toArray(),
                    members.stream().mapToInt(built::number).toArray());
        }

        private static int number(StateKeys keys, Pdu event) {
            return keys.number(new StateKey(event.type(), event.stateKey().orElseThrow()));
        }
    }
}
