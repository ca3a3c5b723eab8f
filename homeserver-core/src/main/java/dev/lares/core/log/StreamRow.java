package dev.lares.core.log;

import tools.jackson.databind.node.ObjectNode;

/// A row of a stream other than events, for an append: receipts, account data, device changes and
/// the like. The stream's migration has a function `append_<stream>(base bigint, rows jsonb)` that
/// inserts the rows with the positions base + 1 … base + n in their order.
///
/// @param stream the stream's name, a lower-case SQL identifier
/// @param userNid whose sync it concerns; 0 where it concerns a room
/// @param roomNid the room whose members' syncs it concerns; 0 where it concerns a user
/// @param row taken over; its members are the columns that the stream's function reads
public record StreamRow(String stream, long userNid, long roomNid, ObjectNode row) {}
