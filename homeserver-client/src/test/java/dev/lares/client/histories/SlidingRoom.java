package dev.lares.client.histories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lares.client.histories.ClientRoom.Counts;
import dev.lares.client.histories.ClientRoom.ReceiptKey;
import dev.lares.client.histories.ClientRoom.Stretch;
import dev.lares.client.histories.RoomHistory.Key;
import dev.lares.client.histories.SlidingClient.Members;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// What a client knows of one room, from what sliding syncs told it.
final class SlidingRoom {
    String membership = "";
    Optional<String> name = Optional.empty();
    long joined = -1;
    long invited = -1;
    List<String> heroes = List.of();
    Counts counts = Counts.NONE;
    String firstShown = "";

    /// Event IDs by place in the state.
    final Map<Key, String> state = new HashMap<>();

    final List<Stretch> timeline = new ArrayList<>();
    final Map<String, JsonNode> accountData = new HashMap<>();
    final Map<ReceiptKey, String> receipts = new HashMap<>();

    /// All that ever was shown.
    final Set<String> shown = new HashSet<>();

    List<String> ids() {
        return timeline.stream().flatMap(stretch -> stretch.ids().stream()).toList();
    }

    /// @param ownId always told, however members come
    void apply(JsonNode entry, Members members, String ownId, String as) {
        membership = entry.path("membership").stringValue();
        boolean initial = entry.path("initial").asBoolean(false);
        boolean limited = entry.path("limited").asBoolean(false);
        if (entry.has("name")) {
            name = Optional.ofNullable(entry.path("name").asString(null));
        }
        if (limited && !initial && members == Members.LAZY) {
            // Not all changes of members were told.
            state.keySet().removeIf(key -> key.isMember() && !key.stateKey().equals(ownId));
        }
        entry.path("required_state").forEach(this::applyState);
        applyTimeline(entry, as);
        if (members == Members.LAZY && membership.equals("join")) {
            for (var event : entry.path("timeline")) {
                assertThat(state)
                        .as("the sender is known: %s", as)
                        .containsKey(Key.member(event.path("sender").stringValue()));
            }
        }
        if (entry.has("joined_count")) {
            joined = entry.path("joined_count").longValue();
            invited = entry.path("invited_count").longValue();
        }
        if (entry.has("heroes")) {
            heroes =
                    entry.path("heroes")
                            .valueStream()
                            .map(hero -> hero.path("user_id").stringValue())
                            .toList();
        }
        if (entry.has("notification_count")) {
            counts = Counts.of(entry);
        }
    }

    private void applyState(JsonNode event) {
        var key = new Key(event.path("type").stringValue(), event.path("state_key").stringValue());
        if (event.has("content")) {
            state.put(key, event.path("event_id").stringValue());
        } else {
            state.remove(key);
        }
    }

    private void applyTimeline(JsonNode entry, String as) {
        if (!entry.has("timeline")) {
            return;
        }
        var ids = new ArrayList<String>();
        entry.path("timeline").forEach(event -> ids.add(event.path("event_id").stringValue()));
        boolean expanded =
                entry.path("unstable_expanded_timeline").asBoolean(false)
                        || entry.path("expanded_timeline").asBoolean(false);
        boolean initial = entry.path("initial").asBoolean(false);
        boolean limited = entry.path("limited").asBoolean(false);
        var before = Optional.ofNullable(entry.path("prev_batch").asString(null));
        assertThat(entry.path("num_live").longValue())
                .as("live events: %s", as)
                .isLessThanOrEqualTo(ids.size());
        assertThat(ids).as("no event twice: %s", as).doesNotHaveDuplicates();
        if (!expanded) {
            assertThat(ids.stream().filter(shown::contains)).as("no event again: %s", as).isEmpty();
        }
        shown.addAll(ids);
        if (initial) {
            firstShown = ids.isEmpty() ? "" : ids.getFirst();
        }
        if (expanded) {
            var again = new HashSet<>(ids);
            timeline.forEach(stretch -> stretch.ids().removeIf(again::contains));
            timeline.removeIf(stretch -> stretch.ids().isEmpty());
            if (!limited) {
                assertThat(timeline).as("all of the room is told: %s", as).isEmpty();
            }
        }
        if (timeline.isEmpty() || limited || expanded) {
            timeline.add(new Stretch(before, ids));
        } else {
            timeline.getLast().ids().addAll(ids);
        }
    }

    void applyReceipts(JsonNode event) {
        event.path("content")
                .forEachEntry((eventId, byType) ->
                        byType.forEachEntry((type, byUser) ->
                                byUser.forEachEntry((userId, receipt) -> {
                                    var thread = receipt.path("thread_id").asString("");
                                    receipts.put(new ReceiptKey(userId, type, thread), eventId);
                                })));
    }
}
