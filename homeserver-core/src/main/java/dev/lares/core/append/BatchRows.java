package dev.lares.core.append;

import dev.lares.core.event.StateKey;
import dev.lares.core.log.StreamRow;
import dev.lares.core.log.TransactionKey;
import dev.lares.core.room.RoomRef;
import java.util.ArrayList;
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
    final TreeSet<Long> rooms = new TreeSet<>();
    final TreeSet<Long> users = new TreeSet<>();
    private int size;

    record RoomKey(long roomNid, StateKey key) {}

    /// What a repetition of a request is answered with.
    record AnswerRow(TransactionKey key, Optional<Long> eventNid) {}

    /// How many positions are taken so far; the next row has the ordinal after it.
    int size() {
        return size;
    }

    void add(BuiltEvent event) {
        size = event.at();
        events.add(event);
        rooms.add(event.roomNid());
        var row = row(EVENT, event.at());
        row.put("room_nid", event.roomNid());
        row.put("event_nid", event.eventNid());
        row.put("depth", event.after().depth());
        row.put("main_ver", event.after().mainVer());
        row.put("notif_seq", event.after().notifSeq());
        row.put("hl_seq", event.after().hlSeq());
        var extremities = row.putArray("ext_nids");
        event.after().extremities().forEach(extremity -> extremities.add(extremity.eventNid()));
        event.change()
                .ifPresent(change -> stream("state").add(change.row(event.roomNid(), event.at())));
        event.thread().ifPresent(thread -> add(event, thread));
        event.member().ifPresent(member -> add(event, member));
        if (event.verdict().notifies() > 0) {
            // Own events are no news: they are counted by their sender.
            row.put("sender_nid", event.senderNid());
        }
        event.exceptions().forEach(exception -> add(event, exception));
        event.redacted().ifPresent(redacted -> add(event, redacted));
    }

    private void add(BuiltEvent event, BuiltEvent.RedactedEvent redacted) {
        var row = row("unread_redaction", event.at());
        row.put("room_nid", event.roomNid());
        redacted.hash().ifPresent(hash -> row.put("hash", HexFormat.of().formatHex(hash)));
        redacted.text().ifPresent(text -> row.put("legacy_id", text));
        redacted.domain().ifPresent(domain -> row.put("domain", domain.value()));
    }

    private void add(BuiltEvent event, BuiltEvent.ThreadCount thread) {
        var row = row("thread", event.at());
        row.put("room_nid", event.roomNid());
        row.put("root_nid", thread.rootNid());
        row.put("notif_seq", thread.notifSeq());
        row.put("hl_seq", thread.hlSeq());
    }

    private void add(BuiltEvent event, BuiltEvent.PushException exception) {
        var row = row("push_exception", event.at());
        row.put("room_nid", event.roomNid());
        row.put("user_nid", exception.userNid());
        row.put("root_nid", exception.rootNid());
        row.put("notify", exception.notifications());
        row.put("highlight", exception.highlights());
    }

    private void add(BuiltEvent event, BuiltEvent.MemberChange member) {
        users.add(member.userNid());
        var row = row("membership", event.at());
        row.put("room_nid", event.roomNid());
        row.put("user_nid", member.userNid());
        row.put("event_nid", event.eventNid());
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
