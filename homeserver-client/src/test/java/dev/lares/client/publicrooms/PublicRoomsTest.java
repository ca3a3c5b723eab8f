package dev.lares.client.publicrooms;

import static dev.lares.core.testing.MatrixAssertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lares.core.account.AccountFlag;
import dev.lares.core.account.AccountFlag.Setting;
import dev.lares.core.account.AccountService;
import dev.lares.core.id.UserId;
import dev.lares.core.testing.HomeserverTest;
import dev.lares.core.testing.TestHomeserver;
import dev.lares.core.testing.TestResponse;
import dev.lares.core.testing.TestRoom;
import dev.lares.core.testing.TestUser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@HomeserverTest(properties = {"lares.domain=rooms.example", "lares.domains=other.example"})
class PublicRoomsTest {
    private static final String ROOMS = "/_matrix/client/v3/publicRooms";
    private static final String VISIBILITY = "/_matrix/client/v3/directory/list/room/{roomId}";

    private static TestRoom published(TestUser creator, String name) {
        return creator.createRoom("{\"visibility\":\"public\",\"name\":\"%s\"}".formatted(name));
    }

    private static TestResponse search(TestUser user, String term) {
        return user.post(ROOMS, "{\"filter\":{\"generic_search_term\":\"%s\"}}".formatted(term));
    }

    private static List<String> names(TestResponse response) {
        assertThat(response).isOk();
        var names = new ArrayList<String>();
        response.json("/chunk").forEach(room -> names.add(room.path("name").asString("")));
        return names;
    }

    @Test
    void areShownAsTheirStateSays(TestHomeserver server) {
        var alice = server.register("alice");
        var room =
                alice.createRoom(
                        """
                        {"visibility": "public", "name": "Shown %1$s", "room_alias_name": "shown-%1$s",
                         "topic": "All of it", "room_version": "11",
                         "creation_content": {"type": "m.space"},
                         "initial_state": [
                           {"type": "m.room.avatar", "content": {"url": "mxc://rooms.example/a"}},
                           {"type": "m.room.guest_access", "content": {"guest_access": "can_join"}},
                           {"type": "m.room.history_visibility",
                            "content": {"history_visibility": "world_readable"}}]}
                        """
                                .formatted(alice.localpart()));
        assertThat(search(alice, "SHOWN " + alice.localpart()))
                .isOk()
                .hasJson(
                        """
                        {"total_room_count_estimate": 1, "chunk": [
                          {"room_id": "%1$s", "name": "Shown %2$s", "topic": "All of it",
                           "canonical_alias": "#shown-%2$s:rooms.example",
                           "avatar_url": "mxc://rooms.example/a", "num_joined_members": 1,
                           "world_readable": true, "guest_can_join": true, "join_rule": "public",
                           "room_type": "m.space"}]}
                        """
                                .formatted(room.id(), alice.localpart()));
    }

    @Test
    void followWhatHappensInThem(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var term = "moving-" + alice.localpart();
        var room = published(alice, term).joinedBy(bob);
        await().until(() ->
                search(alice, term).json("/chunk/0/num_joined_members").intValue() == 2);
        assertThat(bob.leave(room)).isOk();
        assertThat(bob.join(room)).isOk();
        assertThat(bob.leave(room)).isOk();
        await().until(() ->
                search(alice, term).json("/chunk/0/num_joined_members").intValue() == 1);
        var topic = alice.sendState(room, "m.room.topic", "", Map.of("topic", "New"));
        await().until(() -> search(alice, term).json().at("/chunk/0/topic").isString());
        assertThat(
                        alice.put(
                                "/_matrix/client/v3/rooms/{r}/redact/{e}/{t}",
                                room.id(),
                                topic,
                                "t",
                                "{}"))
                .isOk();
        await().until(() -> search(alice, term).json().at("/chunk/0/topic").isMissingNode());
        // Nobody may come in now, so that nobody is shown the way.
        alice.sendState(room, "m.room.join_rules", "", Map.of("join_rule", "invite"));
        await().until(() -> search(alice, term).json("/chunk").isEmpty());
        alice.sendState(room, "m.room.join_rules", "", Map.of("join_rule", "knock"));
        await().until(() -> search(alice, term).json("/chunk").size() == 1);
        assertThat(alice.leave(room)).isOk();
        await().until(() -> search(alice, term).json("/chunk").isEmpty());
    }

    @Test
    void comePageByPageTheLargestFirst(TestHomeserver server) {
        var dora = server.onHost("other.example").register("dora");
        var others = List.of(server.register("u"), server.register("u"), server.register("u"));
        var sizes = List.of(2, 0, 3, 1, 1);
        for (int i = 0; i < sizes.size(); i++) {
            var room = published(dora, "r" + i);
            others.subList(0, sizes.get(i)).forEach(user -> assertThat(user.join(room)).isOk());
        }
        await().until(() -> names(dora.get(ROOMS)).equals(List.of("r2", "r0", "r3", "r4", "r1")));
        var first = dora.get(ROOMS + "?limit=2");
        assertThat(names(first)).containsExactly("r2", "r0");
        assertThat(first).hasJson("/total_room_count_estimate", "5").lacksMember("/prev_batch");
        var second = dora.get(ROOMS + "?limit=2&since={s}", first.string("/next_batch"));
        assertThat(names(second)).containsExactly("r3", "r4");
        var third = dora.get(ROOMS + "?limit=2&since={s}", second.string("/next_batch"));
        assertThat(names(third)).containsExactly("r1");
        assertThat(third).lacksMember("/next_batch");
        var back = dora.get(ROOMS + "?limit=2&since={s}", third.string("/prev_batch"));
        assertThat(names(back)).containsExactly("r3", "r4");
        var atStart = dora.get(ROOMS + "?limit=2&since={s}", back.string("/prev_batch"));
        assertThat(names(atStart)).containsExactly("r2", "r0");
        assertThat(atStart).lacksMember("/prev_batch");
        assertThat(names(dora.get(ROOMS + "?limit=2&since={s}", atStart.string("/next_batch"))))
                .containsExactly("r3", "r4");
        // The other domain has a directory of its own.
        assertThat(names(others.getFirst().get(ROOMS + "?server=other.example"))).hasSize(5);
        assertThat(names(others.getFirst().get(ROOMS))).doesNotContain("r0");
    }

    @Test
    void areFilteredByTypeAndText(TestHomeserver server) {
        var alice = server.register("alice");
        var term = "filtered-" + alice.localpart();
        published(alice, "Äpfel " + term);
        alice.createRoom(
                "{\"visibility\":\"public\",\"topic\":\"100%% %s\",\"name\":\"space\","
                                .formatted(term)
                        + "\"creation_content\":{\"type\":\"m.space\"}}");
        var request = "{\"filter\":{\"generic_search_term\":\"%s\",\"room_types\":%s}}";
        assertThat(names(search(alice, "äPFEL " + term))).hasSize(1);
        assertThat(names(search(alice, "% " + term))).containsExactly("space");
        assertThat(names(search(alice, "_ " + term))).isEmpty();
        assertThat(names(alice.post(ROOMS, request.formatted(term, "[\"m.space\"]"))))
                .containsExactly("space");
        assertThat(names(alice.post(ROOMS, request.formatted(term, "[null]"))))
                .containsExactly("Äpfel " + term);
        assertThat(names(alice.post(ROOMS, request.formatted(term, "[null,\"m.space\"]"))))
                .hasSize(2);
        assertThat(names(alice.post(ROOMS, request.formatted(term, "[]")))).isEmpty();
        assertThat(names(alice.post(ROOMS, "{\"third_party_instance_id\":\"irc\",\"limit\":5}")))
                .isEmpty();
    }

    @Test
    void areNotForWhoIsNotLoggedIn(TestHomeserver server) {
        assertThat(server.get(ROOMS)).hasStatus(401).hasErrcode("M_MISSING_TOKEN");
        assertThat(server.post(ROOMS, "{}")).hasStatus(401).hasErrcode("M_MISSING_TOKEN");
        assertThat(server.put(VISIBILITY, "!a:b", "{}"))
                .hasStatus(401)
                .hasErrcode("M_MISSING_TOKEN");
    }

    @Test
    void refuseWhatIsMalformedAndWhatOthersHave(TestHomeserver server) {
        var alice = server.register("alice");
        for (var query : List.of("limit=-1", "since=x", "since=n1_", "server=%20")) {
            assertThat(alice.get(ROOMS + "?" + query))
                    .as(query)
                    .hasStatus(400)
                    .hasErrcode("M_INVALID_PARAM");
        }
        assertThat(alice.get(ROOMS + "?server=elsewhere.example"))
                .hasStatus(404)
                .hasErrcode("M_NOT_FOUND");
        assertThat(alice.post(ROOMS, "{\"filter\":{\"room_types\":\"m.space\"}}"))
                .hasStatus(400)
                .hasErrcode("M_BAD_JSON");
        assertThat(search(alice, "x".repeat(1001))).hasStatus(400).hasErrcode("M_INVALID_PARAM");
        assertThat(search(alice, "x".repeat(1000))).isOk();
    }

    @Test
    void areChosenByModeratorsAndAdministrators(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var carol = server.register("carol");
        var term = "chosen-" + alice.localpart();
        var room =
                alice.createRoom("{\"preset\":\"public_chat\",\"name\":\"%s\"}".formatted(term))
                        .joinedBy(bob);
        assertThat(server.get(VISIBILITY, room.id()))
                .isOk()
                .hasJson("{\"visibility\":\"private\"}");
        for (var user : List.of(bob, carol)) {
            assertThat(user.put(VISIBILITY, room.id(), "{\"visibility\":\"public\"}"))
                    .hasStatus(403)
                    .hasErrcode("M_FORBIDDEN");
        }
        assertThat(server.get(VISIBILITY, room.id())).hasJson("{\"visibility\":\"private\"}");
        for (int repeated = 0; repeated < 2; repeated++) {
            assertThat(alice.put(VISIBILITY, room.id(), "{}")).isOk().hasJson("{}");
        }
        assertThat(server.get(VISIBILITY, room.id())).isOk().hasJson("{\"visibility\":\"public\"}");
        assertThat(search(bob, term)).hasJson("/chunk/0/num_joined_members", "2");
        var accounts = server.bean(AccountService.class);
        accounts.set(accounts.get(new UserId(carol.id())), AccountFlag.ADMIN, Setting.ON);
        for (int repeated = 0; repeated < 2; repeated++) {
            assertThat(carol.put(VISIBILITY, room.id(), "{\"visibility\":\"private\"}")).isOk();
        }
        assertThat(names(search(bob, term))).isEmpty();
        assertThat(server.get(VISIBILITY, room.id())).hasJson("{\"visibility\":\"private\"}");
    }

    @Test
    void areRoomsThatThereAre(TestHomeserver server) {
        var alice = server.register("alice");
        assertThat(server.get(VISIBILITY, "!nowhere:rooms.example"))
                .hasStatus(404)
                .hasErrcode("M_NOT_FOUND");
        assertThat(alice.put(VISIBILITY, "!nowhere:rooms.example", "{}"))
                .hasStatus(404)
                .hasErrcode("M_NOT_FOUND");
        var room = alice.createRoom();
        assertThat(alice.put(VISIBILITY, room.id(), "{\"visibility\":\"secret\"}"))
                .hasStatus(400)
                .hasErrcode("M_BAD_JSON");
    }
}
