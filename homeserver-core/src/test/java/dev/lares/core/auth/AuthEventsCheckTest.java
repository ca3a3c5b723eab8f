package dev.lares.core.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lares.core.event.EventDraft;
import dev.lares.core.event.Pdu;
import dev.lares.core.id.UserId;
import dev.lares.core.testdata.PduBuilder;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/// What the vectors leave out of the implied create event of version 12.
class AuthEventsCheckTest {
    private static final String CREATOR = "@creator:a.example";
    private static final Predicate<Pdu> NONE = _ -> false;

    private final PduBuilder room = PduBuilder.room("12");
    private final Random random = new Random(1);

    @Test
    void wantsTheImpliedCreateEvent() {
        var create = make("m.room.create", "");
        var join = make("m.room.member", CREATOR, create);

        assertThat(AuthEventsCheck.check(join, List.of(), NONE, Optional.of(create)).isAllowed())
                .isTrue();
        assertRejectedByRule2(AuthEventsCheck.check(join, List.of(), NONE, Optional.empty()));
    }

    @Test
    void refusesARejectedCreateEvent() {
        var create = make("m.room.create", "");
        var join = make("m.room.member", CREATOR, create);

        assertRejectedByRule2(
                AuthEventsCheck.check(join, List.of(), create::equals, Optional.of(create)));
    }

    @Test
    void refusesAnotherRoomsCreateEvent() {
        var create = make("m.room.create", "");
        var join = make("m.room.member", CREATOR, create);
        var other = make("m.room.create", "");

        assertRejectedByRule2(AuthEventsCheck.check(join, List.of(), NONE, Optional.of(other)));
    }

    @Test
    void refusesAnEventThatIsNotTheCreateEventThoughTheRoomIdNamesIt() {
        var elsewhere = make("m.room.create", "not the room's");
        var join = make("m.room.member", CREATOR, elsewhere);

        assertRejectedByRule2(AuthEventsCheck.check(join, List.of(), NONE, Optional.of(elsewhere)));
    }

    private Pdu make(String type, String stateKey, Pdu... prev) {
        var content = PduBuilder.object("{\"membership\":\"join\"}");
        return room.make(
                EventDraft.state(new UserId(CREATOR), type, stateKey, content),
                1,
                1,
                List.of(prev).stream().map(Pdu::eventId).toList(),
                List.of(),
                random);
    }

    private static void assertRejectedByRule2(AuthDecision decision) {
        assertThat(decision).isInstanceOf(AuthDecision.Rejected.class);
        assertThat(((AuthDecision.Rejected) decision).rule()).isEqualTo("v12 2");
    }
}
