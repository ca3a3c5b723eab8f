package dev.lares.client.slidingsync;

import static dev.lares.client.slidingsync.Sliding.room;
import static dev.lares.client.slidingsync.Sliding.rooms;
import static dev.lares.core.testing.MatrixAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lares.core.testing.HomeserverTest;
import dev.lares.core.testing.TestHomeserver;
import dev.lares.core.testing.TestRoom;
import dev.lares.core.testing.TestUser;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Which rooms lists have, and in which order.
@HomeserverTest
class SlidingListTest {
    private static List<String> filtered(TestUser user, String filters) {
        var body =
                "{\"lists\":{\"l\":{\"ranges\":[[0,99]],\"timeline_limit\":1,\"filters\":%s}}}"
                        .formatted(filters);
        var answer = new Sliding(user).ask(body);
        assertThat(answer.path("lists").path("l").path("count").intValue())
                .isEqualTo(rooms(answer).size());
        return rooms(answer);
    }

    private static void putGlobal(TestUser user, String type, Object content) {
        assertThat(
                        user.put(
                                "/_matrix/client/v3/user/{userId}/account_data/{type}",
                                user.id(),
                                type,
                                content))
                .isOk();
    }

    private static void tag(TestUser user, TestRoom room, String tag) {
        assertThat(
                        user.put(
                                "/_matrix/client/v3/user/{userId}/rooms/{roomId}/tags/{tag}",
                                user.id(),
                                room.id(),
                                tag,
                                "{}"))
                .isOk();
    }

    @Test
    void areOrderedByWhatHappenedLast(TestHomeserver server) {
        var alice = server.register("alice");
        var first = alice.createRoom();
        var second = alice.createRoom();
        assertThat(filtered(alice, "{}")).containsExactly(second.id(), first.id());
        // Not only messages count.
        alice.sendState(first, "m.room.topic", "", Map.of("topic", "t"));
        assertThat(filtered(alice, "{}")).containsExactly(first.id(), second.id());
    }

    @Test
    void stampRoomsByWhatIsSaidInThem(TestHomeserver server) {
        var alice = server.register("alice");
        var room = alice.createRoom();
        alice.say(room, "one");
        var client = new Sliding(alice);
        var body = "{\"lists\":{\"l\":{\"ranges\":[[0,9]],\"timeline_limit\":1}}}";
        long said = room(client.ask(body), room).path("bump_stamp").longValue();
        alice.sendState(room, "m.room.topic", "", Map.of("topic", "t"));
        assertThat(room(client.ask(body), room).path("bump_stamp").longValue()).isEqualTo(said);
        // Also when the message is far back.
        for (int i = 0; i < 50; i++) {
            alice.send(room, "m.reaction", Map.of("n", i));
        }
        assertThat(room(client.ask(body), room).path("bump_stamp").longValue()).isEqualTo(said);
        alice.say(room, "two");
        assertThat(room(client.ask(body), room).path("bump_stamp").longValue()).isGreaterThan(said);
    }

    @Test
    void canBeOfDirectMessages(TestHomeserver server) {
        var alice = server.register("alice");
        var plain = alice.createRoom();
        var direct = alice.createRoom();
        putGlobal(alice, "m.direct", Map.of("@bob:example.org", List.of(direct.id())));
        assertThat(filtered(alice, "{\"is_dm\":true}")).containsExactly(direct.id());
        assertThat(filtered(alice, "{\"is_dm\":false}")).containsExactly(plain.id());
    }

    @Test
    void tellWhenARoomBecomesADirectMessage(TestHomeserver server) {
        var alice = server.register("alice");
        var room = alice.createRoom();
        var client = new Sliding(alice);
        assertThat(room(client.ask(Sliding.ALL_ROOMS), room).has("is_dm")).isFalse();
        putGlobal(alice, "m.direct", Map.of("@bob:example.org", List.of(room.id())));
        var told = room(client.ask(Sliding.ALL_ROOMS), room);
        assertThat(told.path("is_dm").booleanValue()).isTrue();
        assertThat(told.has("timeline")).isFalse();
        putGlobal(alice, "m.direct", Map.of());
        var over = room(client.ask(Sliding.ALL_ROOMS), room).path("is_dm");
        assertThat(over.isBoolean() && !over.booleanValue()).isTrue();
        assertThat(rooms(client.ask(Sliding.ALL_ROOMS))).isEmpty();
    }

    @Test
    void canBeOfEncryptedRooms(TestHomeserver server) {
        var alice = server.register("alice");
        var plain = alice.createRoom();
        var encrypted = alice.createRoom();
        assertThat(filtered(alice, "{\"is_encrypted\":true}")).isEmpty();
        alice.sendState(
                encrypted, "m.room.encryption", "", Map.of("algorithm", "m.megolm.v1.aes-sha2"));
        assertThat(filtered(alice, "{\"is_encrypted\":true}")).containsExactly(encrypted.id());
        assertThat(filtered(alice, "{\"is_encrypted\":false}")).containsExactly(plain.id());
    }

    @Test
    void canBeOfInvitations(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var joined = bob.createRoom();
        var invited = alice.createRoom("{\"preset\":\"private_chat\",\"name\":\"Lobby\"}");
        alice.post(
                "/_matrix/client/v3/rooms/{roomId}/invite",
                invited.id(),
                Map.of("user_id", bob.id()));
        assertThat(filtered(bob, "{\"is_invite\":true}")).containsExactly(invited.id());
        assertThat(filtered(bob, "{\"is_invite\":false}")).containsExactly(joined.id());
        assertThat(filtered(bob, "{}")).containsExactly(invited.id(), joined.id());
        assertThat(filtered(bob, "{\"room_name_like\":\"lob\"}")).containsExactly(invited.id());
        putGlobal(
                bob, "m.ignored_user_list", Map.of("ignored_users", Map.of(alice.id(), Map.of())));
        assertThat(filtered(bob, "{}")).containsExactly(joined.id());
    }

    @Test
    void canBeOfTypes(TestHomeserver server) {
        var alice = server.register("alice");
        var plain = alice.createRoom();
        var space = alice.createRoom("{\"creation_content\":{\"type\":\"m.space\"}}");
        assertThat(filtered(alice, "{\"room_types\":[\"m.space\"]}")).containsExactly(space.id());
        assertThat(filtered(alice, "{\"room_types\":[null]}")).containsExactly(plain.id());
        assertThat(filtered(alice, "{\"not_room_types\":[\"m.space\"]}"))
                .containsExactly(plain.id());
        assertThat(filtered(alice, "{\"not_room_types\":[null]}")).containsExactly(space.id());
        assertThat(
                        filtered(
                                alice,
                                "{\"room_types\":[\"m.space\",null],\"not_room_types\":[\"m.space\"]}"))
                .containsExactly(plain.id());
    }

    @Test
    void canBeOfNames(TestHomeserver server) {
        var alice = server.register("alice");
        alice.createRoom();
        var den = alice.createRoom("{\"name\":\"The Hidden Den\"}");
        alice.createRoom("{\"name\":\"Attic\"}");
        assertThat(filtered(alice, "{\"room_name_like\":\"hidDEN\"}")).containsExactly(den.id());
        alice.sendState(den, "m.room.name", "", Map.of("name", "Cellar"));
        assertThat(filtered(alice, "{\"room_name_like\":\"hidden\"}")).isEmpty();
    }

    @Test
    void canBeOfTags(TestHomeserver server) {
        var alice = server.register("alice");
        var plain = alice.createRoom();
        var low = alice.createRoom();
        var both = alice.createRoom();
        tag(alice, low, "m.lowpriority");
        tag(alice, both, "m.lowpriority");
        tag(alice, both, "m.favourite");
        assertThat(filtered(alice, "{\"tags\":[\"m.favourite\",\"u.other\"]}"))
                .containsExactly(both.id());
        assertThat(filtered(alice, "{\"not_tags\":[\"m.lowpriority\"]}"))
                .containsExactly(plain.id());
        assertThat(filtered(alice, "{\"tags\":[\"m.lowpriority\"],\"not_tags\":[\"m.favourite\"]}"))
                .containsExactly(low.id());
    }

    @Test
    void canBeOfSpaces(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var space = alice.createRoom("{\"creation_content\":{\"type\":\"m.space\"}}");
        var child = alice.createRoom();
        var former = alice.createRoom();
        alice.createRoom();
        var via = Map.of("via", List.of("example.org"));
        alice.sendState(space, "m.space.child", child.id(), via);
        alice.sendState(space, "m.space.child", former.id(), via);
        alice.sendState(space, "m.space.child", former.id(), Map.of());
        var filter = "{\"spaces\":[\"" + space.id() + "\",\"!nowhere:a\"]}";
        assertThat(filtered(alice, filter)).containsExactly(child.id());
        // Of a space in which one is not, nothing is told.
        child.joinedBy(bob);
        assertThat(filtered(bob, filter)).isEmpty();
    }

    @Test
    void canBeWithoutAWindowInTheAcceptedForm(TestHomeserver server) {
        var alice = server.register("alice");
        var room = alice.createRoom("{\"name\":\"Den\",\"topic\":\"talk\"}");
        alice.createRoom();
        var body =
                """
                {"lists": {"a": {"timeline_limit": 1, "required_state": {"include": [{}], "exclude": [{"type": "m.room.topic"}], "lazy_members": true}},
                           "b": {"range": [1, 1], "timeline_limit": 1, "required_state": {}, "filters": {"is_invited": false}}}}
                """;
        var answer = alice.post(Sliding.STABLE, body);
        assertThat(answer).isOk();
        var json = answer.json();
        assertThat(rooms(json)).hasSize(2);
        var entry = room(json, room);
        assertThat(entry.path("lists").valueStream().map(name -> name.stringValue()))
                .containsExactly("a", "b");
        assertThat(Sliding.state(entry))
                .contains("m.room.name|", "m.room.power_levels|", "m.room.member|" + alice.id())
                .doesNotContain("m.room.topic|");
        assertThat(entry.has("notification_count")).isFalse();
        var pos = answer.string("/pos");
        alice.say(room, "one");
        var next =
                alice.post(Sliding.STABLE, body.replaceFirst("\\{", "{\"pos\":\"" + pos + "\","));
        assertThat(Sliding.bodies(room(next.json(), room))).containsExactly("one");
    }

    @Test
    void tellAllMembersOnlyWhereTheyAreAskedFor(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var cal = server.register("cal");
        var room = alice.createRoom().joinedBy(bob, cal);
        alice.say(room, "last");
        var body =
                "{\"lists\":{\"l\":{\"ranges\":[[0,9]],\"timeline_limit\":1,\"required_state\":[%s]}}}";
        var lazy = "[\"m.room.member\",\"$LAZY\"]";
        assertThat(Sliding.state(room(new Sliding(alice).ask(body.formatted(lazy)), room)))
                .containsExactly("m.room.member|" + alice.id());
        var me = new Sliding(bob).ask(body.formatted("[\"m.room.member\",\"$ME\"]"));
        assertThat(Sliding.state(room(me, room))).containsExactly("m.room.member|" + bob.id());
        for (var all : List.of("[\"m.room.member\",\"*\"]", lazy + ",[\"m.room.member\",\"*\"]")) {
            assertThat(Sliding.state(room(new Sliding(alice).ask(body.formatted(all)), room)))
                    .containsExactlyInAnyOrder(
                            "m.room.member|" + alice.id(),
                            "m.room.member|" + bob.id(),
                            "m.room.member|" + cal.id());
        }
        var every = new Sliding(alice).ask(body.formatted("[\"*\",\"*\"]," + lazy));
        assertThat(Sliding.state(room(every, room)))
                .contains("m.room.create|", "m.room.member|" + alice.id())
                .doesNotContain("m.room.member|" + bob.id());
        var keyed = new Sliding(alice).ask(body.formatted("[\"*\",\"" + cal.id() + "\"]"));
        assertThat(Sliding.state(room(keyed, room))).containsExactly("m.room.member|" + cal.id());
    }
}
