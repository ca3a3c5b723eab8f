package dev.lares.core.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lares.core.auth.PowerLevels;
import dev.lares.core.crypto.Signer;
import dev.lares.core.crypto.SigningKey;
import dev.lares.core.event.EventDraft;
import dev.lares.core.event.EventPlace;
import dev.lares.core.event.Pdu;
import dev.lares.core.event.PduBuilder;
import dev.lares.core.id.RoomId;
import dev.lares.core.id.ServerName;
import dev.lares.core.id.UserId;
import dev.lares.core.roomversion.RoomVersion;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class PushClassTest {
    private static final UserId ALICE = new UserId("@alice:a.example");
    private static final UserId BOB = new UserId("@bob:b.example");
    private static final UserId CAROL = new UserId("@carol:c.example");
    private static final List<UserId> USERS = List.of(ALICE, BOB, CAROL);
    private static final Signer SIGNER =
            new Signer(new ServerName("a.example"), SigningKey.of("1", new byte[32]));

    @Test
    void notifiesEveryoneOfMessages() {
        assertThat(classOf(message("{\"body\":\"hello\"}")))
                .isEqualTo(new PushClass(PushVerdict.NOTIFY, Map.of()));
    }

    @Test
    void highlightsForWhoIsMentioned() {
        var mention =
                message(
                        """
                        {"body": "bob", "m.mentions":
                         {"user_ids": ["@bob:b.example", "@alice:a.example", "nobody", 5]}}
                        """);
        assertThat(classOf(mention))
                .isEqualTo(new PushClass(PushVerdict.NOTIFY, Map.of(BOB, PushVerdict.HIGHLIGHT)));
    }

    @Test
    void highlightsForTheRoomWithPermission() {
        var mention = message("{\"body\":\"@room\",\"m.mentions\":{\"room\":true}}");
        assertThat(PushClass.of(mention, levels(50)).everyone()).isEqualTo(PushVerdict.HIGHLIGHT);
        assertThat(PushClass.of(mention, levels(51)).everyone()).isEqualTo(PushVerdict.NOTIFY);
    }

    @Test
    void notifiesWhoIsInvited() {
        var invite = state("m.room.member", BOB.value(), "{\"membership\":\"invite\"}");
        assertThat(classOf(invite))
                .isEqualTo(new PushClass(PushVerdict.NOTHING, Map.of(BOB, PushVerdict.NOTIFY)));
    }

    @Test
    void isSilentForNoticesEditsAndReactions() {
        assertThat(classOf(message("{\"body\":\"x\",\"msgtype\":\"m.notice\"}")).everyone())
                .isEqualTo(PushVerdict.NOTHING);
        assertThat(classOf(message("{\"m.relates_to\":{\"rel_type\":\"m.replace\"}}")).everyone())
                .isEqualTo(PushVerdict.NOTHING);
        assertThat(classOf(state("m.room.topic", "", "{}")).everyone())
                .isEqualTo(PushVerdict.NOTHING);
    }

    @Test
    void highlightsATombstone() {
        assertThat(classOf(state("m.room.tombstone", "", "{}")).everyone())
                .isEqualTo(PushVerdict.HIGHLIGHT);
        assertThat(classOf(state("m.room.tombstone", "x", "{}")).everyone())
                .isEqualTo(PushVerdict.NOTHING);
    }

    /// The point of the class: it says for each member what the member's own rules would.
    @Property
    void isWhatTheDefaultRulesSayOfEach(
            @ForAll("events") Pdu event,
            @ForAll("required") int required,
            @ForAll("counts") int n) {
        var levels = levels(required);
        var pushClass = PushClass.of(event, levels);
        for (var user : USERS) {
            if (user.equals(event.sender())) {
                continue;
            }
            var context = PushContext.of(Optional.of("Bob"), n, event.sender(), levels);
            var expected =
                    PushRuleset.defaults(user).evaluate(event.json().tree(), context).verdict();
            assertThat(pushClass.verdictFor(user)).as(event.json().toString()).isEqualTo(expected);
        }
    }

    @Provide
    static Arbitrary<Integer> required() {
        return Arbitraries.of(0, 50, 51);
    }

    @Provide
    static Arbitrary<Integer> counts() {
        return Arbitraries.of(1, 2, 3);
    }

    @Provide
    static Arbitrary<Pdu> events() {
        var types =
                Arbitraries.of(
                        "m.room.message",
                        "M.room.Message",
                        "m.room.encrypted",
                        "m.room.member",
                        "m.room.tombstone",
                        "m.reaction",
                        "m.room.server_acl",
                        "m.call.invite",
                        "m.room.topic");
        var stateKeys = Arbitraries.of("", "x", "@bob:b.example").optional();
        var members =
                Arbitraries.of(
                                "\"body\":\"bob\"",
                                "\"msgtype\":\"m.notice\"",
                                "\"msgtype\":\"M.Notice\"",
                                "\"msgtype\":5",
                                "\"membership\":\"invite\"",
                                "\"membership\":\"join\"",
                                "\"m.mentions\":{\"room\":true}",
                                "\"m.mentions\":{\"room\":\"true\"}",
                                "\"m.mentions\":{\"user_ids\":[\"@bob:b.example\"]}",
                                "\"m.mentions\":{\"room\":true,\"user_ids\":[\"@carol:c.example\"]}",
                                "\"m.mentions\":{\"user_ids\":\"@bob:b.example\"}",
                                "\"m.relates_to\":{\"rel_type\":\"m.replace\"}",
                                "\"m.relates_to\":{\"rel_type\":\"m.thread\"}")
                        .list()
                        .ofMaxSize(4);
        return Combinators.combine(types, stateKeys, members)
                .as((type, stateKey, content) ->
                        build(type, stateKey, "{" + String.join(",", content) + "}"));
    }

    private static PushClass classOf(Pdu event) {
        return PushClass.of(event, levels(50));
    }

    private static PowerLevels levels(int requiredForRoom) {
        var create = state("m.room.create", "", "{}");
        var content =
                "{\"users\":{\"@alice:a.example\":50},\"notifications\":{\"room\":"
                        + requiredForRoom
                        + "}}";
        return PowerLevels.of(Optional.of(state("m.room.power_levels", "", content)), create);
    }

    private static Pdu message(String content) {
        return build("m.room.message", Optional.empty(), content);
    }

    private static Pdu state(String type, String stateKey, String content) {
        return build(type, Optional.of(stateKey), content);
    }

    private static Pdu build(String type, Optional<String> stateKey, String content) {
        var tree = (ObjectNode) JsonMapper.shared().readTree(content);
        var draft = new EventDraft(ALICE, type, stateKey, tree, Optional.empty(), Optional.empty());
        var place =
                new EventPlace(Optional.of(new RoomId("!r:a.example")), List.of(), List.of(), 1, 1);
        return PduBuilder.build(draft, RoomVersion.V11, place, SIGNER);
    }
}
