package dev.lares.core.stateres;

import dev.lares.core.event.Pdu;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Which of two events is the earlier when nothing else tells them apart.
final class EventOrder {
    private EventOrder() {}

    /// By the time that the sender's server gave, then by ID.
    static int compare(Pdu x, Pdu y) {
        int byTime = Long.compare(x.originServerTs(), y.originServerTs());
        if (byTime != 0) {
            return byTime;
        }
        // By code point, as every server does; `String` would compare halves of surrogate pairs.
        return Arrays.compareUnsigned(bytes(x), bytes(y));
    }

    private static byte[] bytes(Pdu event) {
        return event.eventId().value().getBytes(StandardCharsets.UTF_8);
    }
}
