package dev.lares.client.roomhead;

import dev.lares.core.log.AppliedBatch;
import dev.lares.core.log.Lease;
import dev.lares.core.log.LogReader;
import org.springframework.stereotype.Component;

/// Has heads written of the rooms in which something happens, on one replica for all.
@Component
class RoomHeadFeed implements LogReader {
    private final RoomHeadWriter writer;

    RoomHeadFeed(RoomHeadWriter writer) {
        this.writer = writer;
    }

    @Override
    public String name() {
        return "room_head";
    }

    @Override
    public void read(AppliedBatch batch, Lease lease) {
        if (batch.streams().contains("event")) {
            batch.rooms().forEach(writer::touch);
        }
    }
}
