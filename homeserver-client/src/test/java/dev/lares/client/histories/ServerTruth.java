package dev.lares.client.histories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lares.client.histories.ClientRoom.Counts;
import dev.lares.client.histories.ClientRoom.ReceiptKey;
import dev.lares.client.histories.ClientRoom.Section;
import dev.lares.client.histories.RoomHistory.Event;
import dev.lares.client.histories.RoomHistory.Key;
import dev.lares.client.histories.World.Read;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/// What clients must know at the end: worked out from the bare events, and from what users did.
final class ServerTruth {
    private final World world;
    private final Map<String, RoomHistory> histories = new HashMap<>();

    ServerTruth(World world) {
        this.world = world;
        world.rooms().forEach(room -> histories.put(room, world.history(room)));
    }

    /// Fails where the client's idea of anything differs.
    void check(SyncClient client) {
        var userId = client.person().id();
        for (var told : client.told()) {
            told.check(history(told.room()), userId);
        }
        for (var room : world.rooms()) {
            var history = history(room);
            var known = Optional.ofNullable(client.rooms().get(room));
            checkSection(client, room, history.membership(userId), known);
            known.filter(kept -> kept.section == Section.JOIN)
                    .ifPresent(kept -> checkJoined(client, room, history, kept));
        }
        var data = new HashMap<>(client.accountData());
        data.remove("m.push_rules");
        assertThat(data)
                .as("account data of %s", client)
                .isEqualTo(accountData(userId, World.GLOBAL));
    }

    RoomHistory history(String room) {
        var history = histories.get(room);
        if (history == null) {
            throw new AssertionError("nobody created " + room);
        }
        return history;
    }

    private static void checkSection(
            SyncClient client, String room, String membership, Optional<ClientRoom> known) {
        var section = known.map(kept -> kept.section);
        var as = "%s, %s, who is %s".formatted(client, room, membership);
        switch (membership) {
            case "join" -> assertThat(section).as(as).contains(Section.JOIN);
            case "invite" -> assertThat(section).as(as).contains(Section.INVITE);
            case "knock" -> assertThat(section).as(as).contains(Section.KNOCK);
            // One who came later is not told of rooms that were left before.
            default -> assertThat(section.orElse(Section.LEAVE)).as(as).isEqualTo(Section.LEAVE);
        }
    }

    private void checkJoined(
            SyncClient client, String room, RoomHistory history, ClientRoom known) {
        var userId = client.person().id();
        var as = client + " in " + room;
        assertThat(known.ids())
                .as("timeline: %s", as)
                .isEqualTo(history.visibleTo(userId).stream().map(Event::id).toList());
        checkState(client, history, known, as);
        assertThat(known.joined).as("joined: %s", as).isEqualTo(history.count("join"));
        assertThat(known.invited).as("invited: %s", as).isEqualTo(history.count("invite"));
        assertThat(known.accountData)
                .as("account data: %s", as)
                .isEqualTo(accountData(userId, room));
        checkReceipts(room, history, known, userId, as);
        var reads =
                world.reads().stream()
                        .filter(read -> read.room().equals(room) && read.userId().equals(userId))
                        .toList();
        var recount = UnreadRecount.of(history, userId, reads, Set.of());
        if (client.options().byThread()) {
            assertThat(known.counts).as("unread: %s", as).isEqualTo(recount.main());
            assertThat(known.threads).as("threads: %s", as).isEqualTo(recount.threads());
        } else {
            assertThat(known.counts).as("unread: %s", as).isEqualTo(recount.total());
            assertThat(known.threads).as("threads: %s", as).isEqualTo(Map.<String, Counts>of());
        }
    }

    private static void checkState(
            SyncClient client, RoomHistory history, ClientRoom known, String as) {
        var wanted = new TreeMap<String, String>();
        history.state()
                .forEach((key, event) -> {
                    if (!client.options().lazy()
                            || !key.isMember()
                            || known.state.containsKey(key)) {
                        wanted.put(key.toString(), event.id());
                    }
                });
        var got = new TreeMap<String, String>();
        known.state.forEach((key, id) -> got.put(key.toString(), id));
        assertThat(got).as("state: %s", as).isEqualTo(wanted);
        var heroes = new HashSet<Key>();
        known.heroes.forEach(hero -> heroes.add(Key.member(hero)));
        assertThat(known.state.keySet()).as("heroes: %s", as).containsAll(heroes);
        assertThat(known.heroes)
                .as("heroes: %s", as)
                .doesNotContain(client.person().id())
                .hasSize(Math.toIntExact(heroCount(history, client.person().id())));
    }

    static long heroCount(RoomHistory history, String userId) {
        var others =
                history.state().entrySet().stream()
                        .filter(entry -> entry.getKey().isMember())
                        .filter(entry -> !entry.getKey().stateKey().equals(userId))
                        .map(entry -> entry.getValue().membership())
                        .toList();
        long present = others.stream().filter(Set.of("join", "invite")::contains).count();
        long gone = others.stream().filter(Set.of("leave", "ban")::contains).count();
        return Math.min(5, present > 0 ? present : gone);
    }

    Map<String, JsonNode> accountData(String userId, String room) {
        var data = new HashMap<String, JsonNode>();
        world.accountData()
                .forEach((key, content) -> {
                    if (key.userId().equals(userId) && key.room().equals(room)) {
                        data.put(key.type(), content);
                    }
                });
        return data;
    }

    /// One event can carry one receipt of a type and user only, whatever their threads: the format
    /// has no room for more.
    private void checkReceipts(
            String room, RoomHistory history, ClientRoom known, String userId, String as) {
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
        newest.forEach((key, read) -> {
            boolean told =
                    known.receipts.entrySet().stream()
                            .anyMatch(entry ->
                                    entry.getKey().userId().equals(key.userId())
                                            && entry.getKey().type().equals(key.type())
                                            && entry.getValue().equals(read.eventId()));
            assertThat(told).as("receipt %s: %s, knows %s", read, as, known.receipts).isTrue();
        });
        known.receipts.forEach((key, eventId) -> {
            var read = newest.get(key);
            assertThat(read).as("receipt %s: %s", key, as).isNotNull();
        });
    }

    private static int index(RoomHistory history, Read read) {
        return history.event(read.eventId()).index();
    }
}
