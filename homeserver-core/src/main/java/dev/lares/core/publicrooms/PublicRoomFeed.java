package dev.lares.core.publicrooms;

import dev.lares.core.log.AppliedBatch;
import dev.lares.core.log.Lease;
import dev.lares.core.log.LogReader;
import dev.lares.core.room.RoomRefs;
import java.time.Duration;
import java.util.Collections;
import java.util.Set;
import org.springframework.stereotype.Component;

/// Renews what directories show of rooms, behind the log. A message costs nothing; a change of
/// state costs a look whether the room is published.
@Component
class PublicRoomFeed implements LogReader {
    /// What changes a room's face: its state, its members, and what of its state is redacted.
    private static final Set<String> STREAMS = Set.of("state", "membership", "unread_redaction");

    /// Moves rooms' places to others.
    private static final String UPGRADES = "room_upgrade";

    private static final Duration GATHER = Duration.ofMillis(20);
    private static final int UNLISTED_MAX = 1000;

    private final RoomListingRepository listings;
    private final PublishedRooms published;
    private final RoomRefs rooms;
    private volatile boolean complete;

    PublicRoomFeed(RoomListingRepository listings, PublishedRooms published, RoomRefs rooms) {
        this.listings = listings;
        this.published = published;
        this.rooms = rooms;
    }

    @Override
    public String name() {
        return "public_rooms";
    }

    @Override
    public Duration pause() {
        return GATHER;
    }

    @Override
    public void read(AppliedBatch batch, Lease lease) {
        if (!complete || batch.streams().contains(UPGRADES)) {
            complete();
        }
        if (Collections.disjoint(batch.streams(), STREAMS)) {
            return;
        }
        var changed = listings.findListed(batch.rooms());
        if (!changed.isEmpty()) {
            listings.recount(changed, batch.last());
            published.renew(rooms.findAll(changed));
        }
    }

    /// A server that ended between publishing a room and describing it left a gap, as did an older
    /// version.
    private void complete() {
        var unlisted = listings.findUnlisted(UNLISTED_MAX);
        published.renew(rooms.findAll(unlisted));
        complete = unlisted.size() < UNLISTED_MAX;
    }
}
