package dev.lares.client.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lares.client.sync.SyncRequest.FullState;
import dev.lares.client.sync.SyncRequest.StateForm;
import dev.lares.core.accountdata.AccountDataService;
import dev.lares.core.accountdata.IgnoredUsers;
import dev.lares.core.filter.Filter;
import dev.lares.core.filter.FilterParser;
import dev.lares.core.json.JsonRules;
import dev.lares.core.json.JsonText;
import dev.lares.core.log.AppliedPosition;
import dev.lares.core.log.Position;
import dev.lares.core.room.Viewer;
import dev.lares.core.testing.HomeserverTest;
import dev.lares.core.testing.TestHomeserver;
import dev.lares.core.testing.TestRoom;
import dev.lares.core.testing.TestUser;
import dev.lares.core.web.AccessTokens;
import dev.lares.core.web.Requester;
import dev.lares.core.web.TokenOutcome;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What is told from heads is what the log would have said.
@HomeserverTest
class HeadedRoomsTest {
    private static final List<String> FILTERS =
            List.of(
                    "{}",
                    "{\"room\":{\"state\":{\"lazy_load_members\":true},\"timeline\":{\"limit\":10}}}",
                    "{\"room\":{\"timeline\":{\"limit\":3,\"unread_thread_notifications\":true}}}",
                    "{\"room\":{\"timeline\":{\"limit\":20,\"types\":[\"m.room.message\"]},"
                            + "\"state\":{\"lazy_load_members\":true}}}",
                    "{\"room\":{\"timeline\":{\"limit\":5,\"not_types\":[\"m.room.message\"]}}}",
                    "{\"event_fields\":[\"type\",\"content.body\"],\"room\":{\"timeline\":{\"limit\":1}}}");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void tellWhatTheLogSays(long seed, TestHomeserver server) {
        new Story(server, new Random(seed)).play(60);
    }

    @Test
    void areServedFromHeads(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = alice.createRoom().joinedBy(bob);
        alice.say(room, "one");
        var context =
                new Contexts(server).of(bob, Optional.empty(), FILTERS.get(1), StateForm.AFTER);
        var plans = server.bean(RoomPlans.class).of(context).joined();
        assertThat(server.bean(HeadedRooms.class).tell(plans, context).told()).hasSize(1);
    }

    /// Makes contexts as the controller does.
    private record Contexts(TestHomeserver server) {
        SyncContext of(TestUser user, Optional<Position> since, String filter, StateForm form) {
            var outcome = server.bean(AccessTokens.class).find(user.accessToken());
            Requester requester = ((TokenOutcome.Known) outcome).requester();
            Filter parsed =
                    FilterParser.parse(
                            JsonText.parseObject(
                                    filter.getBytes(StandardCharsets.UTF_8), JsonRules.STRICT));
            var request = new SyncRequest(requester, parsed, since, 0, FullState.CHANGES, form);
            var to = server.bean(AppliedPosition.class).current();
            var data =
                    server.bean(AccountDataService.class)
                            .changed(requester.userNid(), since.orElse(Position.ZERO), to);
            Set<String> ignored = server.bean(IgnoredUsers.class).of(requester.userNid());
            return new SyncContext(request, Viewer.of(requester), to, ignored, data);
        }
    }

    private static final class Story {
        private final TestHomeserver server;
        private final Random random;
        private final Contexts contexts;
        private final List<TestUser> users = new ArrayList<>();
        private final List<TestRoom> rooms = new ArrayList<>();
        private final Map<TestRoom, List<String>> sent = new HashMap<>();
        private final List<Position> positions = new ArrayList<>();

        Story(TestHomeserver server, Random random) {
            this.server = server;
            this.random = random;
            contexts = new Contexts(server);
            for (var name : List.of("ann", "ben", "cat", "dan")) {
                users.add(server.register(name));
            }
            rooms.add(users.getFirst().createRoom());
            rooms.add(
                    users.get(1)
                            .createRoom(
                                    """
                                    {"preset":"public_chat","name":"Den","initial_state":[
                                     {"type":"m.room.history_visibility","state_key":"",
                                      "content":{"history_visibility":"joined"}}]}
                                    """));
            rooms.forEach(room -> sent.put(room, new ArrayList<>()));
        }

        void play(int steps) {
            for (int step = 0; step < steps; step++) {
                act();
                positions.add(server.bean(AppliedPosition.class).current());
                if (random.nextInt(3) == 0) {
                    compare();
                }
            }
            for (int i = 0; i < 20; i++) {
                compare();
            }
        }

        private <T> T any(List<T> all) {
            return all.get(random.nextInt(all.size()));
        }

        private void act() {
            var user = any(users);
            var room = any(rooms);
            switch (random.nextInt(16)) {
                case 0, 1, 2, 3 -> message(user, room, Map.of());
                case 4 -> user.join(room);
                case 5 -> user.leave(room);
                case 6 ->
                        any(users)
                                .post(
                                        "/_matrix/client/v3/rooms/{roomId}/invite",
                                        room.id(),
                                        Map.of("user_id", user.id()));
                case 7 ->
                        user.put(
                                "/_matrix/client/v3/rooms/{roomId}/state/m.room.topic/",
                                room.id(),
                                Map.of("topic", "t" + random.nextInt(100)));
                case 8 -> redact(user, room);
                case 9 -> {
                    thread(user, room);
                    relate(user, room);
                }
                case 10 ->
                        message(
                                user,
                                room,
                                Map.of("m.mentions", Map.of("user_ids", List.of(any(users).id()))));
                case 11 -> receipt(user, room);
                case 12 ->
                        user.put(
                                "/_matrix/client/v3/profile/{userId}/displayname",
                                user.id(),
                                Map.of("displayname", "n" + random.nextInt(9)));
                case 13 ->
                        user.put(
                                "/_matrix/client/v3/rooms/{roomId}/state/m.room.history_visibility/",
                                room.id(),
                                Map.of(
                                        "history_visibility",
                                        any(List.of("joined", "shared", "invited"))));
                case 14 -> {
                    for (int i = 0; i < 12; i++) {
                        message(user, room, Map.of());
                    }
                }
                default ->
                        user.put(
                                "/_matrix/client/v3/user/{userId}/account_data/m.ignored_user_list",
                                user.id(),
                                Map.of(
                                        "ignored_users",
                                        random.nextBoolean()
                                                ? Map.of()
                                                : Map.of(any(users).id(), Map.of())));
            }
        }

        private void message(TestUser user, TestRoom room, Map<String, ?> more) {
            var content = new HashMap<String, Object>(more);
            content.put("msgtype", "m.text");
            content.put("body", "b" + random.nextInt(1000));
            var response =
                    user.put(
                            "/_matrix/client/v3/rooms/{roomId}/send/m.room.message/{txnId}",
                            room.id(),
                            "x" + random.nextLong(),
                            content);
            if (response.status() == 200) {
                sentTo(room).add(response.string("/event_id"));
            }
        }

        private List<String> sentTo(TestRoom room) {
            return sent.computeIfAbsent(room, missing -> new ArrayList<>());
        }

        private void thread(TestUser user, TestRoom room) {
            if (!sentTo(room).isEmpty()) {
                var roots = sentTo(room).subList(0, Math.min(3, sentTo(room).size()));
                relate(user, room, "m.thread", any(roots));
            }
        }

        /// To one of the newest, which may be in a thread, an edit, or another user's.
        private void relate(TestUser user, TestRoom room) {
            if (!sentTo(room).isEmpty()) {
                int size = sentTo(room).size();
                var newest = sentTo(room).subList(Math.max(0, size - 4), size);
                relate(user, room, any(List.of("m.replace", "m.reference")), any(newest));
            }
        }

        private void relate(TestUser user, TestRoom room, String relType, String target) {
            message(
                    user,
                    room,
                    Map.of(
                            "m.relates_to",
                            Map.of("rel_type", relType, "event_id", target),
                            "m.new_content",
                            Map.of("body", "n" + random.nextInt(1000))));
        }

        private void redact(TestUser user, TestRoom room) {
            if (!sentTo(room).isEmpty()) {
                user.put(
                        "/_matrix/client/v3/rooms/{roomId}/redact/{eventId}/{txnId}",
                        room.id(),
                        any(sentTo(room)),
                        "r" + random.nextLong(),
                        Map.of());
            }
        }

        private void receipt(TestUser user, TestRoom room) {
            if (!sentTo(room).isEmpty()) {
                user.post(
                        "/_matrix/client/v3/rooms/{roomId}/receipt/{type}/{eventId}",
                        room.id(),
                        any(List.of("m.read", "m.read.private")),
                        any(sentTo(room)),
                        random.nextBoolean() ? Map.of() : Map.of("thread_id", "main"));
            }
        }

        private void compare() {
            var user = any(users);
            var since = random.nextInt(3) == 0 ? Optional.<Position>empty() : Optional.of(recent());
            var filter = any(FILTERS);
            var form = any(List.of(StateForm.BEFORE_TIMELINE, StateForm.AFTER));
            var context = contexts.of(user, since, filter, form);
            var plans = server.bean(RoomPlans.class).of(context).joined();
            var joined = server.bean(JoinedRooms.class);
            var fromHeads = parse(joined.build(plans, context));
            var fromLog = parse(joined.build(plans, context, JoinedRooms.NO_HEADS));
            assertThat(told(fromHeads))
                    .as("%s since %s up to %s with %s", user, since, context.to(), filter)
                    .isEqualTo(told(fromLog));
            assertMembers(fromHeads, fromLog);
        }

        private Position recent() {
            int back = Math.min(positions.size(), 1 + random.nextInt(12));
            return back == 0 ? Position.ZERO : positions.get(positions.size() - back);
        }

        private static ObjectNode parse(JsonBuffer members) {
            var json = new JsonBuffer().openObject().members(members).closeObject();
            return JsonText.parseObject(json.toBytes(), JsonRules.LAX);
        }

        /// All but ages and members that come with the state, whose order says nothing.
        private static Map<String, String> told(ObjectNode rooms) {
            var told = new TreeMap<String, String>();
            rooms.properties()
                    .forEach(room -> {
                        var entry = (ObjectNode) room.getValue().deepCopy();
                        for (var member : List.of("state", "state_after")) {
                            var states = new ArrayList<String>();
                            for (var event : entry.path(member).path("events")) {
                                if (!event.path("type").asString("").equals("m.room.member")) {
                                    states.add(ageless(event));
                                }
                            }
                            states.sort(null);
                            told.put(room.getKey() + " " + member, states.toString());
                            entry.remove(member);
                        }
                        told.put(room.getKey(), ageless(entry));
                    });
            return told;
        }

        /// Members of whom the log tells are there; further heroes may be.
        private static void assertMembers(ObjectNode fromHeads, ObjectNode fromLog) {
            fromLog.properties()
                    .forEach(room -> {
                        for (var member : List.of("state", "state_after")) {
                            assertThat(members(fromHeads.path(room.getKey()).path(member)))
                                    .containsAll(members(room.getValue().path(member)));
                        }
                    });
        }

        private static List<String> members(JsonNode state) {
            var members = new ArrayList<String>();
            for (var event : state.path("events")) {
                if (event.path("type").asString("").equals("m.room.member")) {
                    members.add(ageless(event));
                }
            }
            return members;
        }

        /// Sorted by name, without what depends on the moment.
        private static String ageless(JsonNode node) {
            if (node instanceof ObjectNode object) {
                var sorted = new TreeMap<String, String>();
                object.properties()
                        .forEach(member -> {
                            if (!member.getKey().equals("age")) {
                                sorted.put(member.getKey(), ageless(member.getValue()));
                            }
                        });
                return sorted.toString();
            }
            if (node.isArray()) {
                var all = new ArrayList<String>();
                node.forEach(element -> all.add(ageless(element)));
                return all.toString();
            }
            return node.toString();
        }
    }
}
