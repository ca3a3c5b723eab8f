package dev.lares.client.search;

import static dev.lares.core.testing.MatrixAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lares.core.testing.HomeserverTest;
import dev.lares.core.testing.TestHomeserver;
import dev.lares.core.testing.TestResponse;
import dev.lares.core.testing.TestRoom;
import dev.lares.core.testing.TestUser;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@HomeserverTest
class SearchTest {
    private static final String PATH = "/_matrix/client/v3/search";

    private static TestResponse search(TestUser user, String criteria) {
        return user.post(PATH, "{\"search_categories\":{\"room_events\":{" + criteria + "}}}");
    }

    private static List<String> found(TestResponse response) {
        assertThat(response).isOk();
        var ids = new ArrayList<String>();
        response.json("/search_categories/room_events/results")
                .forEach(one -> ids.add(one.path("result").path("event_id").stringValue()));
        return ids;
    }

    private static List<String> find(TestUser user, String term) {
        return found(
                search(user, "\"search_term\":\"%s\",\"order_by\":\"recent\"".formatted(term)));
    }

    /// The index is behind the log: waits until all is in it that was sent so far.
    private static void awaitIndex(TestUser user, TestRoom room) {
        var word = "zz" + System.nanoTime();
        user.say(room, word);
        var since = user.sync().string("/next_batch");
        for (int i = 0; i < 100; i++) {
            if (find(user, word).size() == 1) {
                return;
            }
            // Waits a moment for nothing.
            user.get("/_matrix/client/v3/sync?timeout=100&since={since}", since);
        }
        throw new AssertionError("The index does not get on");
    }

    @Test
    void isRefusedWithoutAToken(TestHomeserver server) {
        assertThat(server.post(PATH, "{\"search_categories\":{}}")).hasStatus(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"search_term\":\"x\",\"order_by\":\"worst\"",
                "\"search_term\":\"x\",\"keys\":[\"content.secret\"]",
                "\"search_term\":\"x\",\"groupings\":{\"group_by\":[{\"key\":\"type\"}]}",
                "\"search_term\":\"x\",\"event_context\":{\"before_limit\":-1}"
            })
    void isRefusedForCriteriaThatThereAreNot(String criteria, TestHomeserver server) {
        assertThat(search(server.register("alice"), criteria))
                .hasStatus(400)
                .hasErrcode("M_INVALID_PARAM");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"keys\":[]",
                "\"search_term\":7",
                "\"search_term\":\"x\",\"filter\":{\"senders\":\"@a:b\"}",
                "\"search_term\":\"x\",\"filter\":[]"
            })
    void isRefusedForMalformedCriteria(String criteria, TestHomeserver server) {
        assertThat(search(server.register("alice"), criteria))
                .hasStatus(400)
                .hasErrcode("M_BAD_JSON");
    }

    @Test
    void isRefusedForTokensThatAreNoneAndLongTerms(TestHomeserver server) {
        var alice = server.register("alice");
        var body = "{\"search_categories\":{\"room_events\":{\"search_term\":\"x\"}}}";
        for (var token : new String[] {"x", "!!!", "AAAA", "x".repeat(1000)}) {
            assertThat(alice.post(PATH + "?next_batch={t}", token, body))
                    .hasStatus(400)
                    .hasErrcode("M_INVALID_PARAM");
        }
        assertThat(search(alice, "\"search_term\":\"%s\"".formatted("x".repeat(1001))))
                .hasStatus(400)
                .hasErrcode("M_INVALID_PARAM");
        assertThat(search(alice, "\"search_term\":\"%s\"".formatted("x".repeat(1000)))).isOk();
        assertThat(alice.post(PATH, "{\"search_categories\":{}}"))
                .isOk()
                .hasJson("/search_categories", "{}");
        for (var nothing : new String[] {"", " ", "!?", "'\\\\ & | :* <->"}) {
            assertThat(search(alice, "\"search_term\":\"%s\"".formatted(nothing)))
                    .isOk()
                    .hasJson("/search_categories/room_events/count", "0");
        }
    }

    @Test
    void findsWordsInAnyOrderAndTheirBeginnings(TestHomeserver server) {
        var alice = server.register("alice");
        var room = alice.createRoom();
        var fox = alice.say(room, "The quick brown Fox's jumps, naïvely");
        var other = alice.say(room, "a brown bear \\'quoted\\' & |");
        awaitIndex(alice, room);
        assertThat(find(alice, "fox QUICK")).containsExactly(fox);
        assertThat(find(alice, "brown")).containsExactly(other, fox);
        assertThat(find(alice, "bro qui")).containsExactly(fox);
        assertThat(find(alice, "brown zebra")).isEmpty();
        assertThat(find(alice, "quoted")).containsExactly(other);
        var response = search(alice, "\"search_term\":\"Fox jump\"");
        assertThat(response)
                .hasJson("/search_categories/room_events/count", "1")
                .hasJson("/search_categories/room_events/highlights", "[\"fox\",\"jump\"]")
                .hasJson(
                        "/search_categories/room_events/results/0/result/room_id",
                        "\"" + room.id() + "\"");
        assertThat(response.json("/search_categories/room_events/results/0/rank").isNumber())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "東京都庁へ行きましょう, 東京",
        "東京都庁へ行きましょう, 京都庁",
        "コーヒーを飲みたい, コーヒー",
        "我们明天去北京大学吧, 北京大学",
        "我们明天去北京大学吧, 明天 北京",
        "서울에서 만나요, 서울",
        "서울에서 만나요, 만나",
        "สวัสดีชาวโลก, สวัสดี",
        "Ждём вас в Москве, москве",
        "Straße und Fluß, STRASSE"
    })
    void findsTextOfManyLanguages(String text, String term, TestHomeserver server) {
        var alice = server.register("alice");
        var room = alice.createRoom();
        var said = alice.say(room, text);
        alice.say(room, "something else 京東");
        awaitIndex(alice, room);
        assertThat(find(alice, term)).containsExactly(said);
    }

    @Test
    void searchesTheKeysThatAreAskedFor(TestHomeserver server) {
        var alice = server.register("alice");
        var room = alice.createRoom("{\"preset\":\"public_chat\",\"name\":\"Marsroom\"}");
        var body = alice.say(room, "marsroom in a message");
        var topic = alice.sendState(room, "m.room.topic", "", "{\"topic\":\"marsroom topic\"}");
        var rich =
                alice.sendState(
                        room,
                        "m.room.topic",
                        "",
                        """
                        {"topic":"other","m.topic":{"m.text":[
                         {"body":"<b>x</b>","mimetype":"text/html"},{"body":"marsroom rich"}]}}
                        """);
        awaitIndex(alice, room);
        assertThat(find(alice, "marsroom")).hasSize(4).contains(body, topic, rich);
        var term = "\"search_term\":\"marsroom\",\"order_by\":\"recent\",";
        assertThat(found(search(alice, term + "\"keys\":[\"content.body\"]")))
                .containsExactly(body);
        assertThat(found(search(alice, term + "\"keys\":[\"content.topic\"]")))
                .containsExactly(rich, topic);
        assertThat(found(search(alice, term + "\"keys\":[\"content.name\"]"))).hasSize(1);
        assertThat(found(search(alice, term + "\"filter\":{\"types\":[\"m.room.message\"]}")))
                .containsExactly(body);
    }

    @Test
    void filtersByRoomAndSender(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var one = alice.createRoom().joinedBy(bob);
        var two = alice.createRoom().joinedBy(bob);
        var alices = alice.say(one, "jupiter");
        var bobs = bob.say(one, "jupiter");
        var elsewhere = alice.say(two, "jupiter");
        awaitIndex(alice, two);
        var term = "\"search_term\":\"jupiter\",\"order_by\":\"recent\",\"filter\":";
        assertThat(found(search(alice, term + "{}"))).containsExactly(elsewhere, bobs, alices);
        assertThat(found(search(alice, term + "{\"rooms\":[\"%s\"]}".formatted(one.id()))))
                .containsExactly(bobs, alices);
        assertThat(found(search(alice, term + "{\"not_rooms\":[\"%s\"]}".formatted(one.id()))))
                .containsExactly(elsewhere);
        assertThat(found(search(alice, term + "{\"senders\":[\"%s\"]}".formatted(bob.id()))))
                .containsExactly(bobs);
        assertThat(found(search(alice, term + "{\"not_senders\":[\"%s\"]}".formatted(alice.id()))))
                .containsExactly(bobs);
        assertThat(found(search(alice, term + "{\"senders\":[]}"))).isEmpty();
        assertThat(found(search(alice, term + "{\"contains_url\":true}"))).isEmpty();
    }

    @Test
    void findsOnlyWhatTheUserMaySee(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var outsider = server.register("carol");
        var room = alice.createRoom();
        alice.sendState(
                room, "m.room.history_visibility", "", "{\"history_visibility\":\"joined\"}");
        var before = alice.say(room, "saturn before");
        bob.join(room);
        var seen = alice.say(room, "saturn seen");
        bob.leave(room);
        var after = alice.say(room, "saturn after");
        awaitIndex(alice, room);
        assertThat(find(alice, "saturn")).containsExactly(after, seen, before);
        assertThat(find(bob, "saturn")).containsExactly(seen);
        assertThat(find(outsider, "saturn")).isEmpty();
        assertThat(bob.post("/_matrix/client/v3/rooms/{roomId}/forget", room.id(), "{}")).isOk();
        assertThat(find(bob, "saturn")).isEmpty();
    }

    @Test
    void leavesOutEncryptedRooms(TestHomeserver server) {
        var alice = server.register("alice");
        var room = alice.createRoom();
        var other = alice.createRoom();
        alice.say(room, "uranus");
        alice.sendState(room, "m.room.encryption", "", "{\"algorithm\":\"m.megolm.v1.aes-sha2\"}");
        awaitIndex(alice, other);
        assertThat(find(alice, "uranus")).isEmpty();
    }

    @Test
    void followsEditsAndRedactions(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = alice.createRoom().joinedBy(bob);
        var message = alice.say(room, "neptun");
        var edit = edit(alice, room, message, "pluto");
        edit(bob, room, message, "ceres");
        awaitIndex(alice, room);
        assertThat(find(alice, "neptun")).isEmpty();
        assertThat(find(alice, "ceres")).isEmpty();
        var response = search(alice, "\"search_term\":\"pluto\"");
        assertThat(found(response)).containsExactly(message);
        assertThat(response)
                .hasJson(
                        "/search_categories/room_events/results/0/result/unsigned/m.relations"
                                + "/m.replace/event_id",
                        "\"" + edit + "\"");
        redact(alice, room, edit);
        awaitIndex(alice, room);
        assertThat(find(alice, "pluto")).isEmpty();
        assertThat(find(alice, "neptun")).containsExactly(message);
        redact(alice, room, message);
        // At once, whether the index knows or not.
        assertThat(find(alice, "neptun")).isEmpty();
        awaitIndex(alice, room);
        assertThat(find(alice, "neptun")).isEmpty();
    }

    private static String edit(TestUser user, TestRoom room, String target, String text) {
        return user.send(
                room,
                "m.room.message",
                """
                {"msgtype":"m.text","body":"* %s","m.new_content":{"msgtype":"m.text","body":"%s"},
                 "m.relates_to":{"rel_type":"m.replace","event_id":"%s"}}
                """
                        .formatted(text, text, target));
    }

    private static void redact(TestUser user, TestRoom room, String target) {
        assertThat(
                        user.put(
                                "/_matrix/client/v3/rooms/{r}/redact/{e}/{t}",
                                room.id(),
                                target,
                                "r" + target,
                                "{}"))
                .isOk();
    }

    @Test
    void ranksWhatFitsBetterHigher(TestHomeserver server) {
        var alice = server.register("alice");
        var room = alice.createRoom();
        var good = alice.say(room, "haumea haumea haumea");
        var poor = alice.say(room, "haumea " + "and much else ".repeat(30));
        awaitIndex(alice, room);
        assertThat(found(search(alice, "\"search_term\":\"haumea\""))).containsExactly(good, poor);
        assertThat(find(alice, "haumea")).containsExactly(poor, good);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rank", "recent"})
    void comesInPagesAndGroups(String order, TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var one = alice.createRoom().joinedBy(bob);
        var two = alice.createRoom().joinedBy(bob);
        var sent = new ArrayList<String>();
        for (int i = 0; i < 7; i++) {
            sent.add((i % 3 == 0 ? alice : bob).say(i % 2 == 0 ? one : two, "makemake"));
        }
        awaitIndex(alice, one);
        awaitIndex(alice, two);
        var criteria =
                """
                "search_term":"makemake","order_by":"%s","filter":{"limit":3},
                "groupings":{"group_by":[{"key":"room_id"},{"key":"sender"}]}
                """
                        .formatted(order);
        var first = search(alice, criteria);
        assertThat(first).hasJson("/search_categories/room_events/count", "7");
        var group = first.json("/search_categories/room_events/groups/room_id").path(two.id());
        assertThat(group.path("order").isIntegralNumber()).isTrue();
        assertThat(group.path("results")).isNotEmpty();
        var inGroup = new ArrayList<String>();
        group.path("results").forEach(id -> inGroup.add(id.stringValue()));
        inGroup.addAll(pages(alice, criteria, group.path("next_batch").stringValue()));
        assertThat(inGroup).containsExactlyInAnyOrder(sent.get(1), sent.get(3), sent.get(5));
        var all = found(first);
        all.addAll(
                pages(alice, criteria, first.string("/search_categories/room_events/next_batch")));
        assertThat(all).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(sent);
        if (order.equals("recent")) {
            assertThat(all.reversed()).isEqualTo(sent);
        }
    }

    private static List<String> pages(TestUser user, String criteria, String from) {
        var all = new ArrayList<String>();
        var body = "{\"search_categories\":{\"room_events\":{" + criteria + "}}}";
        var token = from;
        for (int pages = 0; !token.isEmpty(); pages++) {
            assertThat(pages).isLessThan(10);
            var page = user.post(PATH + "?next_batch={t}", token, body);
            all.addAll(found(page));
            token = page.json("/search_categories/room_events").path("next_batch").asString("");
        }
        return all;
    }

    @Test
    void tellsWhatWasSaidAroundAndWhoSaidIt(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var displayname = "/_matrix/client/v3/profile/{userId}/displayname";
        assertThat(bob.put(displayname, bob.id(), "{\"displayname\":\"Bob\"}")).isOk();
        var room = alice.createRoom().joinedBy(bob);
        alice.say(room, "one");
        var before = alice.say(room, "two");
        var message = bob.say(room, "eris");
        var after = alice.say(room, "four");
        alice.say(room, "five");
        awaitIndex(alice, room);
        var response =
                search(
                        alice,
                        """
                        "search_term":"eris","include_state":true,
                        "event_context":{"before_limit":1,"after_limit":1,"include_profile":true}
                        """);
        assertThat(found(response)).containsExactly(message);
        var context = response.json("/search_categories/room_events/results/0/context");
        assertThat(context.path("events_before")).hasSize(1);
        assertThat(context.path("events_before").get(0).path("event_id").stringValue())
                .isEqualTo(before);
        assertThat(context.path("events_after").get(0).path("event_id").stringValue())
                .isEqualTo(after);
        assertThat(context.path("profile_info").path(bob.id()).path("displayname").stringValue())
                .isEqualTo("Bob");
        assertThat(context.path("profile_info").has(alice.id())).isTrue();
        var messages =
                alice.get(
                        "/_matrix/client/v3/rooms/{r}/messages?dir=b&limit=1&from={f}",
                        room.id(),
                        context.path("start").stringValue());
        assertThat(messages).hasJson("/chunk/0/content/body", "\"one\"");
        var state = response.json("/search_categories/room_events/state").path(room.id());
        assertThat(state).isNotEmpty();
        assertThat(state.toString()).contains("m.room.create");
        assertThat(found(search(alice, "\"search_term\":\"eris\",\"event_context\":{}")))
                .containsExactly(message);
    }
}
