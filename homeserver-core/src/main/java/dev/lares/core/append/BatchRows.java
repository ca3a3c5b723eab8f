package dev.lares.core.append;

import dev.lares.core.event.StateKey;
import dev.lares.core.log.StreamRow;
import dev.lares.core.log.TransactionKey;
import dev.lares.core.room.RoomRef;
import dev.lares.core.state.StateHash;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// All that a batch writes.
final class BatchRows {
    static final String EVENT = "event";
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    final List<RoomRef> newRooms = new ArrayList<>();
    final Map<RoomKey, Long> newKeys = new LinkedHashMap<>();
    final List<BuiltEvent> events = new ArrayList<>();
    final List<AnswerRow> answers = new ArrayList<>();
    final Map<String, ArrayNode> streams = new LinkedHashMap<>();

    /// Of each room, the ordinal of its newest timeline row.
    final Map<Long, Integer> lastAt = new HashMap<>();

    /// Outliers that take their place in the room; their bodies are written anew.
    final List<OutlierRow> placedOutliers = new ArrayList<>();

    final TreeSet<Long> rooms = new TreeSet<>();
    final TreeSet<Long> users = new TreeSet<>();
    private int size;

    record RoomKey(long roomNid, StateKey key) {}

    record OutlierRow(long roomNid, long eventNid) {}

    /// What a repetition of a request is answered with.
    record AnswerRow(TransactionKey key, Optional<Long> eventNid) {}

    /// How many positions are taken so far; the next row has the ordinal after it.
    int size() {
        return size;
    }

    void add(BuiltEvent event) {
        events.add(event);
        event.at().ifPresent(at -> add(event, at));
    }

    private void add(BuiltEvent event, int at) {
        var row = addTimeline(event.roomNid(), at, event.after());
        row.put("event_nid", event.showing() == BuiltEvent.Showing.SHOWN ? event.eventNid() : 0);
        if (event.showing() == BuiltEvent.Showing.SHOWN && EventOutline.of(event.pdu()).relates()) {
            addRelation(event, at);
        }
        event.change().ifPresent(change -> stream("state").add(change.row(event.roomNid(), at)));
        event.thread().ifPresent(thread -> add(event, at, thread));
        event.members().forEach(member -> add(event, at, member));
        if (event.verdict().notifies() > 0) {
            // Own events are no news: they are counted by their sender.
            row.put("sender_nid", event.senderNid());
        }
        event.exceptions().forEach(exception -> add(event, at, exception));
        event.redacted().ifPresent(redacted -> add(event, at, redacted));
    }

    private void addRelation(BuiltEvent event, int at) {
        var row = row("relation", at);
        row.put("room_nid", event.roomNid());
        row.put("event_nid", event.eventNid());
        row.put("depth", event.after().depth());
    }

    private void add(BuiltEvent event, int at, BuiltEvent.RedactedEvent redacted) {
        var row = row("unread_redaction", at);
        row.put("room_nid", event.roomNid());
        redacted.hash().ifPresent(hash -> row.put("hash", HexFormat.of().formatHex(hash)));
        redacted.text().ifPresent(text -> row.put("legacy_id", text));
        redacted.domain().ifPresent(domain -> row.put("domain", domain.value()));
    }

    /// A timeline row for what is kept beside the timeline: each batch that changes a room leaves
    /// one, so that it has a position and is found again.
    void addMark(long roomNid, RoomHead head) {
        addTimeline(roomNid, size + 1, head).put("event_nid", 0);
    }

    private ObjectNode addTimeline(long roomNid, int at, RoomHead head) {
        size = at;
        rooms.add(roomNid);
        lastAt.put(roomNid, at);
        var row = row(EVENT, at);
        row.put("room_nid", roomNid);
        row.put("depth", head.depth());
        row.put("main_ver", head.mainVer());
        row.put("notif_seq", head.notifSeq());
        row.put("hl_seq", head.hlSeq());
        var extremities = row.putArray("ext_nids");
        head.extremities().forEach(extremity -> extremities.add(extremity.eventNid()));
        if (head.extremities().size() > 1) {
            var hashes = row.putArray("ext_hashes");
            head.extremities().forEach(extremity -> hashes.add(hex(extremity.state())));
        }
        return row;
    }

    private static String hex(StateHash hash) {
        return "\\x%016x%016x".formatted(hash.high(), hash.low());
    }

    private void add(BuiltEvent event, int at, BuiltEvent.ThreadCount thread) {
        var row = row("thread", at);
        row.put("room_nid", event.roomNid());
        row.put("root_nid", thread.rootNid());
        row.put("notif_seq", thread.notifSeq());
        row.put("hl_seq", thread.hlSeq());
    }

    private void add(BuiltEvent event, int at, BuiltEvent.PushException exception) {
        var row = row("push_exception", at);
        row.put("room_nid", event.roomNid());
        row.put("user_nid", exception.userNid());
        row.put("root_nid", exception.rootNid());
        row.put("notify", exception.notifications());
        row.put("highlight", exception.highlights());
    }

    private void add(BuiltEvent event, int at, BuiltEvent.MemberChange member) {
        users.add(member.userNid());
        var row = row("membership", at);
        row.put("room_nid", event.roomNid());
        row.put("user_nid", member.userNid());
        row.put("event_nid", member.eventNid());
        row.put("membership", member.membership());
    }

    void add(StreamRow row) {
        size++;
        if (row.userNid() != 0) {
            users.add(row.userNid());
        }
        if (row.roomNid() != 0) {
            rooms.add(row.roomNid());
        }
        stream(row.stream()).add(row.row().put("at", size));
    }

    private ObjectNode row(String stream, int at) {
        return stream(stream).addObject().put("at", at);
    }

    private ArrayNode stream(String name) {
        return streams.computeIfAbsent(name, missing -> NODES.arrayNode());
    }

    boolean isEmpty() {
        return size == 0;
    }
}
