package dev.lares.core.state;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The next version of the main line, to be written by the append that makes it current.
///
/// @param version the new tip
/// @param changes in which it differs from the one before
/// @param startsRoot the extent of the line where this is its first version: a new room, or one
///   that this server has just joined
public record MainChange(
        StateVersion version, List<StateChange> changes, Optional<StateExtent> startsRoot) {
    public MainChange {
        changes = List.copyOf(changes);
    }

    /// The stream that [#row] is a row of.
    public static final String STREAM = "state";

    /// The row for the SQL function `append_state`.
    ///
    /// @param at ordinal of the timeline row, in its append, with which the change becomes current
    public ObjectNode row(long roomNid, int at) {
        var row = JsonNodeFactory.instance.objectNode();
        row.put("room_nid", roomNid);
        row.put("at", at);
        row.put("line", version.ref().line());
        row.put("ver", version.ref().ver());
        row.put("hash", HexFormat.of().formatHex(version.hash().bytes()));
        row.put("entries", version.entries());
        row.put("size", version.size());
        startsRoot.ifPresent(extent -> row.put("root", extent.name()));
        var keys = row.putArray("keys");
        var events = row.putArray("events");
        for (var change : changes) {
            keys.add(change.keyNid());
            events.add(change.newEventNid());
        }
        return row;
    }
}
