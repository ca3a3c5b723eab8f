package dev.lares.client.histories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lares.client.histories.ClientRoom.Section;
import dev.lares.client.histories.RoomHistory.Event;
import dev.lares.client.histories.RoomHistory.Key;
import dev.lares.client.histories.SyncClient.Options;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// What one answer told of one room, to be compared with what the specification's text says it has
/// to tell ([`state` and
/// `state_after`](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3sync)).
///
/// @param wasJoined whether the client knew the room as one that it is in
/// @param full whether all of the state was asked for
/// @param lastKnown newest event of which the client knew
record Told(
        String room,
        Options options,
        Section section,
        boolean wasJoined,
        boolean full,
        Optional<String> lastKnown,
        List<String> timeline,
        Map<Key, String> state) {

    static Told of(
            String room,
            Options options,
            Section section,
            boolean wasJoined,
            boolean full,
            Optional<String> lastKnown,
            JsonNode entry) {
        var timeline =
                entry.path("timeline")
                        .path("events")
                        .valueStream()
                        .map(event -> event.path("event_id").stringValue())
                        .toList();
        var state = ClientRoom.stateOf(entry.path(options.form().member.orElse("state")));
        return new Told(room, options, section, wasJoined, full, lastKnown, timeline, state);
    }

    void check(RoomHistory history, String userId) {
        var visible = history.visibleTo(userId).stream().map(Event::id).collect(Collectors.toSet());
        assertThat(visible).as("may be seen: %s", this).containsAll(timeline);
        assertThat(timeline.stream().map(id -> history.event(id).index()).toList())
                .as("in order: %s", this)
                .isSorted()
                .doesNotHaveDuplicates();
        if (section == Section.LEAVE && !wasJoined) {
            return; // what the user may see of it depends on whether they were there at all
        }
        int known = lastKnown.map(id -> history.event(id).index()).orElse(-1);
        if (timeline.isEmpty()) {
            checkWithoutTimeline(history, known, userId);
            return;
        }
        int first = history.event(timeline.getFirst()).index();
        int last = history.event(timeline.getLast()).index();
        boolean after = options.form().member.isPresent();
        var at = after ? history.stateAfter(last) : history.stateBefore(first);
        boolean anew = full || !wasJoined || history.newestJoin(userId, known, last) > known;
        compare(at, anew ? -1 : known, history, userId);
    }

    private void checkWithoutTimeline(RoomHistory history, int known, String userId) {
        if (wasJoined) {
            compare(history.stateAfter(known), full ? -1 : known, history, userId);
        }
    }

    /// @param known the state up to this event need not be told
    private void compare(Map<Key, Event> at, int known, RoomHistory history, String userId) {
        var whole = new HashMap<Key, String>();
        var wanted = new TreeMap<String, String>();
        at.forEach((key, event) -> {
            whole.put(key, event.id());
            boolean lazy = options.lazy() && key.isMember() && known < 0;
            if (event.index() > known && !lazy) {
                wanted.put(key.toString(), event.id());
            }
        });
        var got = new TreeMap<String, String>();
        state.forEach((key, id) -> {
            assertThat(whole).as("state then: %s", this).containsEntry(key, id);
            boolean extra = options.lazy() && key.isMember() && !wanted.containsKey(key.toString());
            if (!extra) {
                got.put(key.toString(), id);
            }
        });
        assertThat(got).as("state told: %s", this).isEqualTo(wanted);
        if (options.lazy()) {
            var senders =
                    timeline.stream().map(id -> Key.member(history.event(id).sender())).toList();
            for (var sender : senders) {
                if (whole.containsKey(sender) && known < 0) {
                    assertThat(state).as("senders are told: %s", this).containsKey(sender);
                }
            }
            if (known < 0 && whole.containsKey(Key.member(userId))) {
                assertThat(state).as("one's own: %s", this).containsKey(Key.member(userId));
            }
        }
    }
}
