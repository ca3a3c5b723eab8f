package dev.lares.client.histories;

import dev.lares.client.histories.RoomHistory.Key;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/// What a client knows of one room, from what syncs told it.
final class ClientRoom {
    /// Under which key of `rooms` the room was told last.
    enum Section {
        JOIN,
        INVITE,
        KNOCK,
        LEAVE;

        String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    final Section section;

    /// Event IDs by place in the state.
    final Map<Key, String> state = new HashMap<>();

    final List<Stretch> timeline = new ArrayList<>();
    final Map<String, JsonNode> accountData = new HashMap<>();

    /// What was read, by reader, type and thread.
    final Map<ReceiptKey, String> receipts = new HashMap<>();

    long joined = -1;
    long invited = -1;
    List<String> heroes = List.of();
    Counts counts = Counts.NONE;
    Map<String, Counts> threads = Map.of();

    ClientRoom(Section section) {
        this.section = section;
    }

    /// A piece of the timeline without a gap.
    ///
    /// @param before from where older events can be had
    record Stretch(Optional<String> before, List<String> ids) {}

    record ReceiptKey(String userId, String type, String thread) {}

    record Counts(long notifications, long highlights) {
        static final Counts NONE = new Counts(0, 0);

        static Counts of(JsonNode json) {
            return new Counts(
                    json.path("notification_count").longValue(),
                    json.path("highlight_count").longValue());
        }

        Counts plus(long notification, long highlight) {
            return new Counts(notifications + notification, highlights + highlight);
        }
    }

    Optional<String> lastId() {
        return timeline.isEmpty() || timeline.getLast().ids().isEmpty()
                ? Optional.empty()
                : Optional.of(timeline.getLast().ids().getLast());
    }

    List<String> ids() {
        return timeline.stream().flatMap(stretch -> stretch.ids().stream()).toList();
    }

    /// Takes over an entry of `rooms.join` or `rooms.leave`.
    ///
    /// @param stateAfter name of the member that alone changes the state, where there is one
    void apply(JsonNode entry, Optional<String> stateAfter, String ownId) {
        applyTimeline(entry.path("timeline"), ownId);
        setState(entry.path(stateAfter.orElse("state")));
        if (stateAfter.isEmpty()) {
            setState(entry.path("timeline"));
        }
        entry.path("account_data")
                .path("events")
                .forEach(event ->
                        accountData.put(event.path("type").stringValue(), event.path("content")));
        entry.path("ephemeral").path("events").forEach(this::applyReceipts);
        var summary = entry.path("summary");
        if (summary.has("m.joined_member_count")) {
            joined = summary.path("m.joined_member_count").longValue();
            invited = summary.path("m.invited_member_count").longValue();
            heroes =
                    summary.path("m.heroes").valueStream().map(hero -> hero.stringValue()).toList();
        }
        if (entry.has("unread_notifications")) {
            counts = Counts.of(entry.path("unread_notifications"));
            var byThread = new TreeMap<String, Counts>();
            entry.path("unread_thread_notifications")
                    .forEachEntry((root, count) -> byThread.put(root, Counts.of(count)));
            threads = byThread;
        }
    }

    private void applyTimeline(JsonNode told, String ownId) {
        var ids = new ArrayList<String>();
        boolean rejoined = false;
        for (var event : told.path("events")) {
            ids.add(event.path("event_id").stringValue());
            rejoined |= isNewJoin(event, ownId);
        }
        if (rejoined) {
            timeline.clear();
        }
        if (timeline.isEmpty() || told.path("limited").booleanValue()) {
            var before = told.path("prev_batch");
            timeline.add(
                    new Stretch(
                            before.isString()
                                    ? Optional.of(before.stringValue())
                                    : Optional.empty(),
                            ids));
        } else {
            timeline.getLast().ids().addAll(ids);
        }
    }

    private static boolean isNewJoin(JsonNode event, String ownId) {
        return event.path("type").stringValue().equals("m.room.member")
                && event.path("state_key").asString("").equals(ownId)
                && event.path("content").path("membership").stringValue().equals("join")
                && !event.path("unsigned")
                        .path("prev_content")
                        .path("membership")
                        .asString("")
                        .equals("join");
    }

    private void setState(JsonNode batch) {
        state.putAll(stateOf(batch));
    }

    static Map<Key, String> stateOf(JsonNode batch) {
        var state = new LinkedHashMap<Key, String>();
        for (var event : batch.path("events")) {
            if (event.has("state_key")) {
                state.put(
                        new Key(
                                event.path("type").stringValue(),
                                event.path("state_key").stringValue()),
                        event.path("event_id").asString(""));
            }
        }
        return state;
    }

    private void applyReceipts(JsonNode event) {
        if (!event.path("type").stringValue().equals("m.receipt")) {
            return;
        }
        event.path("content")
                .forEachEntry((eventId, byType) ->
                        byType.forEachEntry((type, byUser) ->
                                byUser.forEachEntry((userId, receipt) -> {
                                    var thread = receipt.path("thread_id").asString("");
                                    receipts.put(new ReceiptKey(userId, type, thread), eventId);
                                })));
    }
}
