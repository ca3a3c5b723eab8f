package dev.lares.client.histories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lares.client.histories.ClientRoom.ReceiptKey;
import dev.lares.client.histories.RoomHistory.Event;
import dev.lares.client.histories.RoomHistory.Key;
import dev.lares.client.histories.SlidingClient.Members;
import dev.lares.client.histories.SlidingClient.Spelling;
import dev.lares.client.histories.World.Read;
import java.util.HashMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What clients of sliding sync must know at the end.
final class SlidingTruth {
    private static final Key NAME = new Key("m.room.name", "");

    private final World world;
    private final ServerTruth truth;

    SlidingTruth(World world, ServerTruth truth) {
        this.world = world;
        this.truth = truth;
    }

    /// Fails where the client's idea of anything differs.
    void check(SlidingClient client) {
        var userId = client.person().id();
        for (var room : world.rooms()) {
            var history = truth.history(room);
            var known = Optional.ofNullable(client.rooms().get(room));
            var as = client + " in " + room;
            known.ifPresent(kept -> checkShown(history, kept, userId, as));
            var membership = history.membership(userId);
            switch (membership) {
                case "join" -> checkJoined(client, room, history, known, as);
                case "invite", "knock" ->
                        assertThat(known.map(kept -> kept.membership))
                                .as("membership: %s", as)
                                .contains(membership);
                default -> checkGone(history, known, userId, as);
            }
        }
        var data = new HashMap<>(client.accountData());
        data.remove("m.push_rules");
        assertThat(data)
                .as("account data of %s", client)
                .isEqualTo(truth.accountData(userId, World.GLOBAL));
    }

    /// Nothing that is forbidden, and all in order.
    private static void checkShown(
            RoomHistory history, SlidingRoom known, String userId, String as) {
        var visible = history.visibleTo(userId).stream().map(Event::id).collect(Collectors.toSet());
        assertThat(visible).as("may be seen: %s", as).containsAll(known.shown);
        assertThat(known.ids().stream().map(id -> history.event(id).index()).toList())
                .as("in order: %s", as)
                .isSorted()
                .doesNotHaveDuplicates();
    }

    private static void checkGone(
            RoomHistory history, Optional<SlidingRoom> known, String userId, String as) {
        var member = Optional.ofNullable(history.state().get(Key.member(userId)));
        if (known.isPresent()) {
            assertThat(known.get().membership)
                    .as("membership: %s", as)
                    .isEqualTo(history.membership(userId));
        } else if (history.newestLeave(userId) >= 0) {
            // Who was kept out hears of it.
            assertThat(member.map(Event::sender)).as("left: %s", as).contains(userId);
        }
    }

    private void checkJoined(
            SlidingClient client,
            String room,
            RoomHistory history,
            Optional<SlidingRoom> told,
            String as) {
        var userId = client.person().id();
        assertThat(told).as("is known: %s", as).isPresent();
        var known = told.get();
        assertThat(known.membership).as("membership: %s", as).isEqualTo("join");
        assertThat(known.ids())
                .as("timeline: %s", as)
                .isEqualTo(history.visibleTo(userId).stream().map(Event::id).toList());
        checkState(client, history, known, as);
        assertThat(known.joined).as("joined: %s", as).isEqualTo(history.count("join"));
        assertThat(known.invited).as("invited: %s", as).isEqualTo(history.count("invite"));
        var name =
                Optional.ofNullable(history.state().get(NAME))
                        .filter(event -> !history.redacted().contains(event.id()))
                        .map(event -> event.content().path("name").asString(""))
                        .filter(text -> !text.isEmpty());
        assertThat(known.name).as("name: %s", as).isEqualTo(name);
        if (name.isEmpty()) {
            assertThat(known.heroes)
                    .as("heroes: %s", as)
                    .doesNotContain(userId)
                    .hasSize(Math.toIntExact(ServerTruth.heroCount(history, userId)));
        }
        assertThat(known.accountData)
                .as("account data: %s", as)
                .isEqualTo(truth.accountData(userId, room));
        checkReceipts(room, history, known, userId, as);
        if (client.options().spelling() == Spelling.UNSTABLE) {
            var reads =
                    world.reads().stream()
                            .filter(read -> read.room().equals(room))
                            .filter(read -> read.userId().equals(userId))
                            .toList();
            assertThat(known.counts)
                    .as("unread: %s", as)
                    .isEqualTo(UnreadRecount.of(history, userId, reads, Set.of()).total());
        }
    }

    private static void checkState(
            SlidingClient client, RoomHistory history, SlidingRoom known, String as) {
        boolean lazy = client.options().members() == Members.LAZY;
        var wanted = new TreeMap<String, String>();
        history.state()
                .forEach((key, event) -> {
                    boolean optional = lazy && key.isMember() && !known.state.containsKey(key);
                    if (!optional || key.stateKey().equals(client.person().id())) {
                        wanted.put(key.toString(), event.id());
                    }
                });
        var got = new TreeMap<String, String>();
        known.state.forEach((key, id) -> got.put(key.toString(), id));
        assertThat(got).as("state: %s", as).isEqualTo(wanted);
    }

    /// With a room come the receipts on what is shown of it and one's own, and then those that
    /// change.
    private void checkReceipts(
            String room, RoomHistory history, SlidingRoom known, String userId, String as) {
        var newest = new HashMap<ReceiptKey, Read>();
        for (var read : world.reads()) {
            boolean mine = read.userId().equals(userId);
            if (read.room().equals(room) && (mine || read.type().equals("m.read"))) {
                newest.merge(
                        new ReceiptKey(read.userId(), read.type(), read.thread()),
                        read,
                        (a, b) -> index(history, b) > index(history, a) ? b : a);
            }
        }
        int first =
                known.firstShown.isEmpty()
                        ? Integer.MAX_VALUE
                        : history.event(known.firstShown).index();
        newest.forEach((key, read) -> {
            if (key.userId().equals(userId) || index(history, read) >= first) {
                boolean told =
                        known.receipts.entrySet().stream()
                                .anyMatch(entry ->
                                        entry.getKey().userId().equals(key.userId())
                                                && entry.getKey().type().equals(key.type())
                                                && entry.getValue().equals(read.eventId()));
                assertThat(told).as("receipt %s: %s, knows %s", read, as, known.receipts).isTrue();
            }
        });
        known.receipts.forEach((key, eventId) ->
                assertThat(newest.get(key)).as("receipt %s: %s", key, as).isNotNull());
    }

    private static int index(RoomHistory history, Read read) {
        return history.event(read.eventId()).index();
    }
}
