package dev.lares.core.publicrooms;

import dev.lares.core.alias.AliasService;
import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.id.RoomId;
import dev.lares.core.id.ServerName;
import dev.lares.core.log.AppliedPosition;
import dev.lares.core.room.RoomRef;
import dev.lares.core.room.RoomRefs;
import dev.lares.core.roompreview.RoomPreviews;
import dev.lares.core.web.Requester;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import org.springframework.stereotype.Service;

/// Which rooms the directory of a domain shows.
@Service
public class PublishedRooms {
    private final PublishedRoomRepository published;
    private final RoomListingRepository listings;
    private final RoomPreviews previews;
    private final RoomRefs rooms;
    private final AliasService aliases;
    private final AppliedPosition applied;
    private final Clock clock;

    PublishedRooms(
            PublishedRoomRepository published,
            RoomListingRepository listings,
            RoomPreviews previews,
            RoomRefs rooms,
            AliasService aliases,
            AppliedPosition applied,
            Clock clock) {
        this.published = published;
        this.listings = listings;
        this.previews = previews;
        this.rooms = rooms;
        this.aliases = aliases;
        this.applied = applied;
        this.clock = clock;
    }

    /// Puts a room into the directory of the user's domain or takes it out, for who may name the
    /// room's canonical alias, and server administrators. `M_NOT_FOUND` for a room that this server
    /// does not know, `M_FORBIDDEN` to others.
    public void set(Requester requester, RoomId roomId, Visibility visibility) {
        var room = known(roomId);
        if (!requester.admin() && !aliases.mayName(requester, room)) {
            throw new MatrixException(
                    ErrorCode.M_FORBIDDEN,
                    "Only the room's moderators and administrators decide on its place in the"
                            + " directory");
        }
        switch (visibility) {
            case PUBLIC -> publish(requester.domain(), room);
            case PRIVATE -> withdraw(requester.domain(), room);
        }
    }

    /// `M_NOT_FOUND` for a room that this server does not know.
    public Visibility visibility(ServerName domain, RoomId roomId) {
        return domainsOf(known(roomId)).contains(domain) ? Visibility.PUBLIC : Visibility.PRIVATE;
    }

    /// The domains in whose directories the room is.
    public List<ServerName> domainsOf(RoomRef room) {
        return published.findDomains(room.roomNid());
    }

    public void publish(ServerName domain, RoomRef room) {
        published.insert(domain, room.roomNid(), clock.millis());
        renew(List.of(room));
        // A listing may have been left over from before, and was not kept up since.
        listings.recount(List.of(room.roomNid()), applied.current());
    }

    public void withdraw(ServerName domain, RoomRef room) {
        published.delete(domain, room.roomNid());
        listings.deleteUnpublished(room.roomNid());
    }

    /// To be called when the log has moved a room's places in directories to the room that replaces
    /// it.
    public void moved(RoomRef from, RoomRef to) {
        listings.deleteUnpublished(from.roomNid());
        if (!domainsOf(to).isEmpty()) {
            renew(List.of(to));
        }
    }

    /// Writes anew what directories show of the rooms.
    void renew(Collection<RoomRef> renewed) {
        // Read before the state: of two who write, the one who may have seen less gives way.
        var at = applied.current();
        previews.of(renewed, at).values().forEach(preview -> listings.upsert(preview, at));
    }

    private RoomRef known(RoomId roomId) {
        return rooms.find(roomId)
                .orElseThrow(() -> new MatrixException(ErrorCode.M_NOT_FOUND, "Room not found"));
    }

    /// Whether a directory shows a room.
    public enum Visibility {
        PUBLIC,
        PRIVATE
    }
}
