package dev.lares.core.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lares.core.crypto.Signer;
import dev.lares.core.crypto.SigningKey;
import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.event.ReceivedEvent.Genuine;
import dev.lares.core.event.ReceivedEvent.ServerKey;
import dev.lares.core.id.EventId;
import dev.lares.core.id.RoomId;
import dev.lares.core.id.ServerName;
import dev.lares.core.id.UserId;
import dev.lares.core.roomversion.RoomVersion;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class PduBuilderTest {
    private static final SigningKey KEY = SigningKey.of("1", new byte[32]);
    private static final Signer SIGNER = new Signer(new ServerName("a.example"), KEY);
    private static final UserId ALICE = new UserId("@alice:a.example");
    private static final Optional<RoomId> ROOM = Optional.of(new RoomId("!r:a.example"));

    @ParameterizedTest
    @EnumSource
    void makesWhatTheParserReadsAndOthersVerify(RoomVersion version) {
        var edge = new EventEdge(new EventId("$before:a.example"), Optional.of("AAAA"));
        var built =
                PduBuilder.build(
                        EventDraft.state(ALICE, "m.room.topic", "", object("{\"topic\":\"ü\"}")),
                        version,
                        new EventPlace(ROOM, List.of(edge), List.of(edge, edge), 7, 1234),
                        SIGNER);
        assertThat(PduParser.parse(built.json().bytes(), version)).isEqualTo(built);
        assertThat(PduParser.stored(built.eventId(), version, built.json().bytes()))
                .isEqualTo(built);
        assertThat(ReceivedEvent.check(built, (_, _) -> key()))
                .isInstanceOfSatisfying(
                        Genuine.class, genuine -> assertThat(genuine.pdu()).isEqualTo(built));
        assertThat(built.originServerTs()).isEqualTo(1234);
        assertThat(built.prevEvents()).containsExactly(edge.eventId());
        assertThat(built.json().tree().has("unsigned")).isFalse();
    }

    @Test
    void givesARoomTheIdOfItsCreateEvent() {
        var create =
                PduBuilder.build(
                        EventDraft.state(ALICE, "m.room.create", "", object("{}")),
                        RoomVersion.V12,
                        new EventPlace(Optional.empty(), List.of(), List.of(), 1, 1),
                        SIGNER);
        assertThat(create.json().tree().has("room_id")).isFalse();
        assertThat(create.roomId().value())
                .isEqualTo("!" + create.eventId().value().substring(1))
                .hasSize(44);
        assertThat(PduParser.parse(create.json().bytes(), RoomVersion.V12)).isEqualTo(create);
    }

    @Test
    void namesItselfInTheFirstTwoVersions() {
        var built = message(RoomVersion.V2, "{}");
        assertThat(built.eventId().value()).startsWith("$").endsWith(":a.example");
        assertThat(built.json().tree().get("event_id").stringValue())
                .isEqualTo(built.eventId().value());
        assertThat(message(RoomVersion.V2, "{\"a\":1}").eventId()).isNotEqualTo(built.eventId());
    }

    @Test
    void citesEventsOfTheFirstTwoVersionsWithTheirHashes() {
        var cited = message(RoomVersion.V1, "{}");
        var edge = EventEdge.to(cited);
        var built =
                PduBuilder.build(
                        EventDraft.message(ALICE, "m.room.message", object("{}")),
                        RoomVersion.V1,
                        new EventPlace(ROOM, List.of(edge), List.of(), 2, 1),
                        SIGNER);
        var written = built.json().tree().at("/prev_events/0");
        assertThat(written.get(0).stringValue()).isEqualTo(cited.eventId().value());
        assertThat(written.at("/1/sha256").stringValue())
                .isEqualTo(edge.referenceHash().orElseThrow())
                .hasSize(43);
    }

    @ParameterizedTest
    @CsvSource({"V10, /redacts", "V11, /content/redacts"})
    void putsTheTargetOfARedactionWhereTheVersionWantsIt(RoomVersion version, String pointer) {
        var target = new EventId("$target");
        var built =
                PduBuilder.build(
                        new EventDraft(
                                ALICE,
                                "m.room.redaction",
                                Optional.empty(),
                                object("{\"reason\":\"x\"}"),
                                Optional.of(target),
                                Optional.of(99L)),
                        version,
                        place(),
                        SIGNER);
        assertThat(built.json().tree().at(pointer).stringValue()).isEqualTo("$target");
        assertThat(built.redacts()).contains(target);
        assertThat(built.originServerTs()).isEqualTo(99);
        assertThat(PduParser.parse(built.json().bytes(), version)).isEqualTo(built);
    }

    @Test
    void isAtMost65536BytesLarge() {
        int overhead = message(RoomVersion.V11, "{\"a\":\"\"}").json().sizeBytes();
        String fits = "{\"a\":\"" + "x".repeat(65_536 - overhead) + "\"}";
        assertThat(message(RoomVersion.V11, fits).json().sizeBytes()).isEqualTo(65_536);
        String tooLarge = fits.replaceFirst("x", "xx");
        assertThatThrownBy(() -> message(RoomVersion.V11, tooLarge))
                .isInstanceOfSatisfying(
                        MatrixException.class,
                        e -> {
                            assertThat(e.code()).isEqualTo(ErrorCode.M_TOO_LARGE);
                            assertThat(e.status()).isEqualTo(413);
                        });
    }

    @Test
    void countsSignaturesThatAreNotMadeYet() {
        var cosigner = new Signer(new ServerName("b.example:8448"), KEY);
        var overhead =
                PduBuilder.build(draft("{\"a\":\"\"}"), RoomVersion.V11, place(), SIGNER, cosigner)
                        .json()
                        .sizeBytes();
        String fits = "{\"a\":\"" + "x".repeat(65_536 - overhead) + "\"}";
        var prepared = PduBuilder.prepare(draft(fits), RoomVersion.V11, place(), SIGNER, cosigner);
        assertThat(prepared.pdu().json().tree().has("signatures")).isFalse();
        assertThat(prepared.signed().json().sizeBytes()).isEqualTo(65_536);
        var tooLarge = draft(fits.replaceFirst("x", "xx"));
        assertThatThrownBy(() ->
                        PduBuilder.prepare(tooLarge, RoomVersion.V11, place(), SIGNER, cosigner))
                .isInstanceOfSatisfying(
                        MatrixException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.M_TOO_LARGE));
    }

    @Test
    void hasATypeAndAStateKeyOfAtMost255Bytes() {
        String fits = "ü".repeat(127) + "x";
        assertThat(state(fits, fits, "{}").type()).isEqualTo(fits);
        assertRefused("{}", "ü".repeat(128), "", ErrorCode.M_TOO_LARGE);
        assertRefused("{}", "x", "ü".repeat(128), ErrorCode.M_TOO_LARGE);
    }

    @Test
    void refusesContentThatHasNoCanonicalForm() {
        assertRefused("{\"a\":1.5}", "m.room.message", "", ErrorCode.M_BAD_JSON);
        assertRefused("{\"a\":9007199254740992}", "m.room.message", "", ErrorCode.M_BAD_JSON);
    }

    @Test
    void capsTheDepth() {
        var place = new EventPlace(ROOM, List.of(), List.of(), Long.MAX_VALUE, 1);
        var draft = EventDraft.message(ALICE, "m.room.message", object("{}"));
        var built = PduBuilder.build(draft, RoomVersion.V6, place, SIGNER);
        assertThat(built.depth()).isEqualTo((1L << 53) - 1);
        assertThat(built.json().tree().get("depth").longValue()).isEqualTo((1L << 53) - 1);
    }

    private static Optional<ServerKey> key() {
        return Optional.of(new ServerKey(KEY.verifyKey(), Long.MAX_VALUE, false));
    }

    private static EventPlace place() {
        return new EventPlace(ROOM, List.of(), List.of(), 5, 1000);
    }

    private static Pdu message(RoomVersion version, String content) {
        return PduBuilder.build(draft(content), version, place(), SIGNER);
    }

    private static EventDraft draft(String content) {
        return EventDraft.message(ALICE, "m.room.message", object(content));
    }

    private static Pdu state(String type, String stateKey, String content) {
        var draft = EventDraft.state(ALICE, type, stateKey, object(content));
        return PduBuilder.build(draft, RoomVersion.V11, place(), SIGNER);
    }

    private static void assertRefused(
            String content, String type, String stateKey, ErrorCode code) {
        assertThatThrownBy(() -> state(type, stateKey, content))
                .isInstanceOfSatisfying(
                        MatrixException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    private static ObjectNode object(String json) {
        return (ObjectNode) JsonMapper.shared().readTree(json);
    }
}
