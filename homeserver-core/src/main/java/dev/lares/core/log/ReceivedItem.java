package dev.lares.core.log;

import dev.lares.core.event.VerifiedPdu;
import dev.lares.core.id.RoomId;
import java.util.List;

/// Events for one room that arrived already signed: from federation, from a policy server, or by a
/// join that was made elsewhere.
///
/// @param pdus at most [#PDUS_MAX], each after those that it cites
/// @param rows of other streams, written together with the last of the events that is written
public record ReceivedItem(RoomId roomId, List<VerifiedPdu> pdus, List<StreamRow> rows) {
    public static final int PDUS_MAX = 50;

    public ReceivedItem {
        pdus = List.copyOf(pdus);
        rows = List.copyOf(rows);
        if (pdus.isEmpty() || pdus.size() > PDUS_MAX) {
            throw new IllegalArgumentException("Not 1 to " + PDUS_MAX + " events: " + pdus.size());
        }
        for (var verified : pdus) {
            if (!verified.pdu().roomId().equals(roomId)) {
                throw new IllegalArgumentException("An event of another room: " + verified);
            }
        }
    }
}
