package dev.lares.core.append;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lares.core.error.MatrixException;
import dev.lares.core.event.EventDraft;
import dev.lares.core.event.Pdu;
import dev.lares.core.event.PduParser;
import dev.lares.core.event.StateKey;
import dev.lares.core.event.VerifiedPdu;
import dev.lares.core.id.EventId;
import dev.lares.core.id.RoomId;
import dev.lares.core.id.UserId;
import dev.lares.core.log.ReceivedItem;
import dev.lares.core.log.ReceivedOutcome;
import dev.lares.core.log.ReceivedResult;
import dev.lares.core.receiving.ReceivingService;
import dev.lares.core.room.RoomRef;
import dev.lares.core.roomversion.RoomVersion;
import dev.lares.core.testing.LogNode;
import dev.lares.core.testing.TestDatabase;
import dev.lares.core.testing.TestDatabaseExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Events that arrive already signed.
@ExtendWith(TestDatabaseExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReceiveTest {
    private static final UserId BOB = Foreign.user("bob");
    private static final UserId CAROL = Foreign.user("carol");

    private LogNode node;

    @BeforeAll
    void start(TestDatabase database) {
        node = new LogNode(database);
    }

    @AfterAll
    void stop() {
        node.close();
    }

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void takesWhatFollowsAndIsBuiltOn(RoomVersion version) {
        var room = new ForeignRoom(node, version);
        var join = room.join(BOB);
        var said = room.make(Rooms.message(BOB, "hello"), join);
        assertThat(room.outcome(said)).isInstanceOf(ReceivedOutcome.Accepted.class);
        var answer = room.send("and to you");

        assertThat(room.model().get(answer).prevEvents()).containsExactly(said.eventId());
        assertThat(room.stored().timeline()).endsWith(join.eventId(), said.eventId(), answer);
        room.assertAsIn();
    }

    @Test
    void answersWithWhatIsMissingAndChangesNothing() {
        var room = new ForeignRoom(node, RoomVersion.V11);
        var join = room.join(BOB);
        var one = room.make(Rooms.message(BOB, "one"), join);
        var two = room.make(Rooms.message(BOB, "two"), one);
        var power = room.make(power(50), join);
        var three =
                Foreign.make(
                        room.ref(),
                        Rooms.message(BOB, "3"),
                        List.of(two),
                        authOf(join, power, room),
                        5);
        var before = room.stored().timeline();

        assertThat(Foreign.receive(node, two, three))
                .isEqualTo(
                        new ReceivedResult.Missing(Set.of(one.eventId()), Set.of(power.eventId())));
        assertThat(room.stored().timeline()).isEqualTo(before);
        assertThat(room.stored().events()).doesNotContainKeys(two.eventId(), three.eventId());
        assertThat(Foreign.receive(node, one, two)).isInstanceOf(ReceivedResult.Landed.class);
        assertThat(room.stored().timeline()).endsWith(one.eventId(), two.eventId());
    }

    private static List<Pdu> authOf(Pdu join, Pdu power, ForeignRoom room) {
        var create = room.model().stateOn(List.of(join)).get(new StateKey("m.room.create", ""));
        return List.of(Objects.requireNonNull(create), power, join);
    }

    @Test
    void leavesAloneWhatIsThere() {
        var room = new ForeignRoom(node, RoomVersion.V11);
        var join = room.join(BOB);
        var said = room.make(Rooms.message(BOB, "once"), join);
        room.outcome(said);
        var before = room.stored().timeline();
        assertThat(room.outcome(said)).isInstanceOf(ReceivedOutcome.Known.class);
        // Our own come back to us as well.
        var own = room.send("mine");
        assertThat(Foreign.receive(node, room.model().get(own), said))
                .isInstanceOfSatisfying(
                        ReceivedResult.Landed.class,
                        landed ->
                                assertThat(landed.outcomes().values())
                                        .hasSize(2)
                                        .allMatch(ReceivedOutcome.Known.class::isInstance));
        assertThat(room.stored().timeline()).hasSize(before.size() + 1);
    }

    @Test
    void keepsWhatItRejectsButShowsItToNobody() {
        var room = new ForeignRoom(node, RoomVersion.V11);
        var join = room.join(BOB);
        var grab = room.make(power(100), join);
        assertThat(room.outcome(grab)).isInstanceOf(ReceivedOutcome.Rejected.class);
        var child = room.make(Rooms.message(BOB, "on top of it"), grab);
        assertThat(room.outcome(child)).isInstanceOf(ReceivedOutcome.Accepted.class);
        var cites =
                Foreign.make(
                        room.ref(),
                        Rooms.message(BOB, "by its leave"),
                        List.of(child),
                        authOf(join, grab, room),
                        5);
        assertThat(room.outcome(cites))
                .isInstanceOfSatisfying(
                        ReceivedOutcome.Rejected.class,
                        rejected -> assertThat(rejected.reason()).contains("rejected event"));

        var rows = room.stored().events();
        assertThat(Objects.requireNonNull(rows.get(grab.eventId())).refusal()).contains("v11 7");
        assertThat(room.stored().timeline())
                .endsWith(join.eventId(), child.eventId())
                .doesNotContain(grab.eventId(), cites.eventId());
        assertThat(room.stored().extremities()).containsExactly(child.eventId());
        room.assertAsIn();
    }

    @Test
    void failsSoftlyWhatTheCurrentStateForbids() {
        var room = new ForeignRoom(node, RoomVersion.V11);
        var join = room.join(BOB);
        var ban = room.sendState(Rooms.member(room.alice(), BOB, "ban"));
        var late = room.make(Rooms.message(BOB, "I was here before"), join);
        assertThat(room.outcome(late)).isInstanceOf(ReceivedOutcome.SoftFailed.class);
        assertThat(room.stored().extremities()).containsExactly(ban);
        assertThat(room.stored().timeline()).endsWith(ban);
        var next = room.send("quiet at last");
        assertThat(room.model().get(next).prevEvents()).containsExactly(ban);
        // Whoever cites it takes it in, and it is no extremity then either.
        var carol =
                Foreign.make(
                        room.ref(),
                        Rooms.member(CAROL, CAROL, "join"),
                        List.of(late, room.model().get(next)),
                        room.model().stateOn(List.of(late, room.model().get(next))),
                        9);
        assertThat(room.outcome(carol)).isInstanceOf(ReceivedOutcome.Accepted.class);
        assertThat(room.stored().extremities()).containsExactly(carol.eventId());
        room.assertAsIn();
    }

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void resolvesForksAndMergesThemWithTheNextOwnEvent(RoomVersion version) {
        var room = new ForeignRoom(node, version);
        var bob = room.join(BOB);
        var carol = room.join(CAROL, bob);
        room.sendState(room.powerOf(List.of(BOB, CAROL)));
        var base = room.model().leaves();
        var one = room.make(topic(BOB, "one"), base.getFirst());
        var two = room.make(topic(CAROL, "two"), base.getFirst());
        var kick = room.make(Rooms.member(CAROL, Foreign.user("dave"), "invite"), two);
        assertThat(carol).isNotNull();
        for (var pdu : List.of(one, two, kick)) {
            assertThat(room.outcome(pdu)).isInstanceOf(ReceivedOutcome.Accepted.class);
            room.stored().assertCurrentAsIn(room.model());
        }
        assertThat(room.stored().extremities())
                .containsExactlyInAnyOrder(one.eventId(), kick.eventId());
        var merged = room.send("one room again");
        assertThat(room.model().get(merged).prevEvents())
                .containsExactlyInAnyOrder(one.eventId(), kick.eventId());
        assertThat(room.stored().extremities()).containsExactly(merged);
        room.assertAsIn();
    }

    @Test
    void refusesWhatHasNoPlace() {
        var room = new ForeignRoom(node, RoomVersion.V11);
        var join = room.join(BOB);
        var before = room.stored().events().keySet();
        var create =
                Foreign.make(
                        room.ref(),
                        EventDraft.state(room.alice(), "m.room.create", "", Rooms.json("{}")),
                        List.of(),
                        List.of(),
                        1);
        var child = room.make(Rooms.message(BOB, "x"), create);
        var nul = room.make(Rooms.message(BOB, "y"), join, "m.\u0000");
        assertThat(room.outcome(create)).isInstanceOf(ReceivedOutcome.Refused.class);
        assertThat(room.outcome(nul)).isInstanceOf(ReceivedOutcome.Refused.class);
        assertThat(Foreign.receive(node, create, child))
                .isInstanceOfSatisfying(
                        ReceivedResult.Landed.class,
                        landed ->
                                assertThat(landed.outcomes().values())
                                        .allMatch(ReceivedOutcome.Refused.class::isInstance));
        assertThat(room.stored().events().keySet()).isEqualTo(before);
    }

    @Test
    void doesNotKnowOtherRooms() {
        var room = new ForeignRoom(node, RoomVersion.V11);
        var other = new ForeignRoom(node, RoomVersion.V11);
        var join = room.join(BOB);
        // The prev event is another room's, which counts as missing.
        var lost =
                Foreign.make(
                        other.ref(), Rooms.member(BOB, BOB, "join"), List.of(join), List.of(), 1);
        assertThat(Foreign.receive(node, lost))
                .isEqualTo(new ReceivedResult.Missing(Set.of(join.eventId()), Set.of()));
        var nowhere = new RoomRef(0, new RoomId("!nowhere:remote.example"), RoomVersion.V11);
        var unknown = Foreign.make(nowhere, Rooms.message(BOB, "?"), List.of(join), List.of(), 1);
        assertThatThrownBy(() -> Foreign.receive(node, unknown))
                .isInstanceOfSatisfying(
                        MatrixException.class,
                        refusal -> assertThat(refusal.code().name()).isEqualTo("M_NOT_FOUND"));
    }

    @Test
    void keepsOnlyTheRedactedFormOfWhatWasAltered() {
        var room = new ForeignRoom(node, RoomVersion.V11);
        var join = room.join(BOB);
        var said = room.make(Rooms.message(BOB, "yes"), join);
        var tree = said.json().tree().deepCopy();
        tree.putObject("content").put("body", "no");
        var altered = Foreign.verified(node, PduParser.parse(tree, RoomVersion.V11));
        assertThat(altered.integrity()).isEqualTo(VerifiedPdu.Integrity.REDACTED);
        assertThat(altered.pdu().eventId()).isEqualTo(said.eventId());
        node.writer()
                .receive(
                        new ReceivedItem(room.ref().roomId(), List.of(altered), List.of()),
                        Rooms.DEADLINE);
        var row = Objects.requireNonNull(room.stored().events().get(said.eventId()));
        assertThat(row.flags()).isEqualTo(8);
        assertThat(Foreign.stored(node, room.ref(), said.eventId()).content().isEmpty()).isTrue();
    }

    @Test
    void takesAlongChainInOneItemWhereverItForks() {
        var room = new ForeignRoom(node, RoomVersion.V12);
        var join = room.join(BOB);
        room.send("beside it");
        var chain = new ArrayList<Pdu>();
        var last = join;
        for (int i = 0; i < 40; i++) {
            last =
                    i % 3 == 0
                            ? room.make(topic(BOB, "t" + i), last)
                            : room.make(Rooms.message(BOB, "m" + i), last);
            chain.add(last);
        }
        assertThat(Foreign.receive(node, chain))
                .isInstanceOfSatisfying(
                        ReceivedResult.Landed.class,
                        landed -> assertThat(landed.outcomes()).hasSize(40));
        room.assertAsIn();
    }

    @Test
    void keepsNobodyElseWaitingWhileItResolves() throws Exception {
        var room = new ForeignRoom(node, RoomVersion.V11);
        var join = room.join(BOB);
        var forks =
                IntStream.range(0, 12)
                        .mapToObj(i -> room.make(Rooms.message(BOB, "fork " + i), join))
                        .toList();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var received =
                    executor.submit(() -> {
                        for (var fork : forks) {
                            Foreign.receive(node, fork);
                        }
                        return null;
                    });
            for (int i = 0; i < 10; i++) {
                Rooms.send(node, room.ref().roomId(), room.alice(), "own " + i);
            }
            received.get();
        }
        for (EventId shown : room.stored().timeline()) {
            if (!room.model().contains(shown)) {
                room.model().add(Foreign.stored(node, room.ref(), shown));
            }
        }
        room.assertAsIn();
    }

    private static EventDraft power(int level) {
        return EventDraft.state(
                BOB,
                "m.room.power_levels",
                "",
                Rooms.json("{\"users\":{\"%s\":%d}}".formatted(BOB.value(), level)));
    }

    private static EventDraft topic(UserId sender, String topic) {
        return EventDraft.state(
                sender, "m.room.topic", "", Rooms.json("{\"topic\":\"%s\"}".formatted(topic)));
    }

    @Test
    void coalescesExtremitiesByAnEventThatNobodySees() {
        var room = new ForeignRoom(node, RoomVersion.V11);
        var join = room.join(BOB);
        var receiving = node.bean(ReceivingService.class);
        for (int i = 0; i < 11; i++) {
            assertThat(room.stored().extremities()).hasSize(Math.max(1, i));
            var fork = room.make(Rooms.message(BOB, "fork " + i), join);
            var item =
                    new ReceivedItem(
                            room.ref().roomId(), List.of(Foreign.verified(node, fork)), List.of());
            receiving.receive(item, Rooms.DEADLINE);
        }
        var left = room.stored().extremities();
        assertThat(left).hasSize(1);
        var dummy = Foreign.stored(node, room.ref(), left.getFirst());
        assertThat(dummy.type()).isEqualTo("org.matrix.dummy_event");
        assertThat(dummy.prevEvents()).hasSize(11);
        assertThat(room.stored().timeline()).doesNotContain(dummy.eventId());
        room.learn(dummy.eventId());
        room.send("as if nothing had been");
        room.assertAsIn();
    }
}
