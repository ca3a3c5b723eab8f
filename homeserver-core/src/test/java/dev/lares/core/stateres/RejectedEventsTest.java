package dev.lares.core.stateres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lares.core.event.EventDraft;
import dev.lares.core.event.Pdu;
import dev.lares.core.id.EventId;
import dev.lares.core.id.UserId;
import dev.lares.core.roomversion.RoomVersion;
import dev.lares.core.testdata.PduBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Rejected events may get into a resolved state, but give no permission ([rejected
/// events](https://spec.matrix.org/v1.19/rooms/v12/#rejected-events)).
class RejectedEventsTest {
    private static final String CREATOR = "@creator:a.example";
    private static final String OTHER = "@other:b.example";

    private final Random random = new Random(1);
    private final PduBuilder builder = PduBuilder.room("12");
    private final List<Pdu> events = new ArrayList<>();
    private final Pdu create = append(CREATOR, "m.room.create", "", "{}");
    private final Pdu creator = join(CREATOR);
    private final Pdu levels =
            append(
                    CREATOR,
                    "m.room.power_levels",
                    "",
                    "{\"users\":{\"" + OTHER + "\":50}}",
                    creator);
    private final Pdu rules =
            append(CREATOR, "m.room.join_rules", "", "{\"join_rule\":\"public\"}", creator, levels);
    private final Pdu other = join(OTHER, levels, rules);
    private final Pdu topic = append(OTHER, "m.room.topic", "", "{}", levels, other);

    @Test
    void giveNoPermissionAsAuthEvents() {
        var before = Set.of(create, creator, levels, rules);
        // In v2.1 nobody has joined at the start; the sender's membership comes from the auth
        // events.
        var after = Set.of(create, creator, levels, rules, topic);

        assertThat(resolve(Set.of(), before, after)).contains(topic.eventId());
        assertThat(resolve(Set.of(topic), before, after)).contains(topic.eventId());
        // The rejected join is in question itself, is checked, and stands.
        assertThat(resolve(Set.of(other), before, after))
                .contains(topic.eventId(), other.eventId());
    }

    @Test
    void giveNoPermissionAsAuthEventsThatAreNotInQuestion() {
        // The join is in both auth chains, so it is not in question and nobody checks it again.
        var name = append(OTHER, "m.room.name", "", "{}", levels, other);
        var one = Set.of(create, creator, levels, rules, topic);
        var two = Set.of(create, creator, levels, rules, name);

        assertThat(resolve(Set.of(), one, two)).contains(topic.eventId(), name.eventId());
        assertThat(resolve(Set.of(other), one, two))
                .doesNotContain(topic.eventId(), name.eventId());
    }

    private Set<EventId> resolve(Set<Pdu> rejected, Set<Pdu> one, Set<Pdu> two) {
        var room =
                new TestRoom(
                        RoomVersion.V12,
                        events,
                        rejected.stream().map(Pdu::eventId).collect(Collectors.toSet()));
        var states =
                Stream.of(one, two)
                        .map(s -> s.stream().map(Pdu::eventId).collect(Collectors.toSet()))
                        .toList();
        var resolved = room.resolve(states, random);
        assertThat(resolved).isEqualTo(NaiveResolution.resolve(room, states));
        return resolved;
    }

    private Pdu join(String user, Pdu... authEvents) {
        return append(user, "m.room.member", user, "{\"membership\":\"join\"}", authEvents);
    }

    private Pdu append(
            String sender, String type, String stateKey, String content, Pdu... authEvents) {
        var draft =
                EventDraft.state(new UserId(sender), type, stateKey, PduBuilder.object(content));
        var prev = events.isEmpty() ? List.<EventId>of() : List.of(events.getLast().eventId());
        var cited = Stream.of(authEvents).map(Pdu::eventId).toList();
        var event = builder.make(draft, events.size(), events.size(), prev, cited, random);
        events.add(event);
        return event;
    }
}
