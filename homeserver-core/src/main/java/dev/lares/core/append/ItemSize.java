package dev.lares.core.append;

import dev.lares.core.log.AppendItem;
import tools.jackson.databind.JsonNode;

/// About how many bytes an item takes, without writing it out.
final class ItemSize {
    private static final int DRAFT_BYTES = 1_000;
    private static final int ROW_BYTES = 200;
    private static final int NODE_BYTES = 8;

    private ItemSize() {}

    static int of(AppendItem item) {
        long size = 0;
        for (var draft : item.drafts()) {
            size += DRAFT_BYTES + of(draft.content());
        }
        for (var row : item.rows()) {
            size += ROW_BYTES + of(row.row());
        }
        return (int) Math.min(size, Integer.MAX_VALUE);
    }

    /// The depth is bounded where JSON comes in.
    private static long of(JsonNode node) {
        if (node.isString()) {
            return (long) NODE_BYTES + node.stringValue().length();
        }
        long size = NODE_BYTES;
        if (node.isObject()) {
            for (var property : node.properties()) {
                size += property.getKey().length() + of(property.getValue());
            }
        } else {
            for (var element : node) {
                size += of(element);
            }
        }
        return size;
    }
}
