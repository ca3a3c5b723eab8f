package dev.lares.core.alias;

import dev.lares.core.auth.PowerLevels;
import dev.lares.core.domain.HostedDomains;
import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.event.StateKey;
import dev.lares.core.id.RoomAlias;
import dev.lares.core.id.RoomId;
import dev.lares.core.id.RoomIdOrAlias;
import dev.lares.core.room.RoomAccess;
import dev.lares.core.room.RoomAccesses;
import dev.lares.core.room.RoomRef;
import dev.lares.core.room.RoomRefs;
import dev.lares.core.room.RoomStateReader;
import dev.lares.core.room.StoredEvent;
import dev.lares.core.web.Requester;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;

/// Makes, resolves and removes aliases. An alias belongs to one of our domains, and users make
/// aliases on their own domain only.
@Service
public class AliasService {
    /// Most local aliases of a room that are listed.
    static final int LISTED_MAX = 1000;

    /// Longer than a room's creation can take; after a crash in between, the alias is free again.
    private static final Duration RESERVATION = Duration.ofMinutes(5);

    private static final StateKey POWER_LEVELS = new StateKey("m.room.power_levels", "");
    private static final StateKey CREATE = new StateKey("m.room.create", "");

    private final RoomAliasRepository repository;
    private final HostedDomains domains;
    private final RoomRefs rooms;
    private final RoomAccesses accesses;
    private final RoomStateReader states;
    private final Clock clock;

    AliasService(
            RoomAliasRepository repository,
            HostedDomains domains,
            RoomRefs rooms,
            RoomAccesses accesses,
            RoomStateReader states,
            Clock clock) {
        this.repository = repository;
        this.domains = domains;
        this.rooms = rooms;
        this.accesses = accesses;
        this.states = states;
        this.clock = clock;
    }

    public Optional<RoomId> find(RoomAlias alias) {
        return repository.find(alias).map(row -> row.roomId());
    }

    /// The room that an alias points to, or the ID itself. `M_NOT_FOUND` where the alias points
    /// nowhere, or belongs to a server that this one cannot ask.
    public RoomId resolve(RoomIdOrAlias idOrAlias) {
        return switch (idOrAlias) {
            case RoomId id -> id;
            case RoomAlias alias -> find(alias).orElseThrow(() -> notFound(alias));
        };
    }

    /// Makes an alias of a room that the user is in. `M_INVALID_PARAM` for another server's domain,
    /// `M_FORBIDDEN` for a domain that is not the user's own, and for rooms that the user is not
    /// in; `M_UNKNOWN` (409) where the alias is taken.
    public void create(Requester requester, RoomAlias alias, RoomId roomId) {
        requireOwnDomain(requester, alias);
        var room = rooms.get(roomId);
        if (!(accesses.of(room, requester.userNid()) instanceof RoomAccess.Member)) {
            throw RoomRefs.notInRoom();
        }
        if (!repository.insertIfAbsent(alias, roomId, requester.userNid(), clock.millis())) {
            throw new MatrixException(
                    ErrorCode.M_UNKNOWN, 409, "Room alias " + alias + " already exists");
        }
    }

    /// Removes an alias: its maker may, server administrators, and who may name the room's
    /// canonical alias. `M_NOT_FOUND` where it is not there, `M_FORBIDDEN` to others.
    public void delete(Requester requester, RoomAlias alias) {
        var row = repository.find(alias).orElseThrow(() -> notFound(alias));
        boolean mayDelete =
                requester.admin()
                        || row.creatorNid() == requester.userNid()
                        || rooms.find(row.roomId())
                                .filter(room -> mayName(requester, room))
                                .isPresent();
        if (!mayDelete) {
            throw new MatrixException(
                    ErrorCode.M_FORBIDDEN,
                    "Only its maker, the room's moderators and administrators remove an alias");
        }
        if (!repository.delete(alias, row.roomId())) {
            throw notFound(alias);
        }
    }

    /// The aliases on our domains that point to the room, for members and, where the room is
    /// readable for the world, everybody. `M_FORBIDDEN` to others.
    public List<RoomAlias> findLocal(Requester requester, RoomId roomId) {
        var readable = accesses.require(roomId, requester.userNid());
        return switch (readable.access()) {
            case RoomAccess.Member _, RoomAccess.Passerby _ ->
                    repository.findOfRoom(roomId, LISTED_MAX);
            case RoomAccess.Departed _, RoomAccess.Stranger _ -> throw RoomRefs.notInRoom();
        };
    }

    /// Keeps an alias free for a room that is about to be created. `M_ROOM_IN_USE` where it is
    /// taken.
    public AliasReservation reserve(Requester requester, RoomAlias alias) {
        requireOwnDomain(requester, alias);
        long now = clock.millis();
        long until = now + RESERVATION.toMillis();
        if (!repository.reserve(alias, requester.userNid(), now, until)) {
            throw new MatrixException(
                    ErrorCode.M_ROOM_IN_USE, "Room alias " + alias + " already exists");
        }
        return new AliasReservation(alias, requester.userNid(), until);
    }

    /// Points a reserved alias to its room.
    public void bind(AliasReservation reservation, RoomId roomId) {
        repository.bind(reservation.alias(), roomId, reservation.creatorNid(), reservation.until());
    }

    /// Gives a reserved alias back, since there will be no room.
    public void release(AliasReservation reservation) {
        repository.release(reservation.alias(), reservation.creatorNid(), reservation.until());
    }

    /// Whether the user is in the room and has the power to set its canonical alias: that of its
    /// moderators, who also decide on its place in the directory.
    public boolean mayName(Requester requester, RoomRef room) {
        return accesses.of(room, requester.userNid()) instanceof RoomAccess.Member
                && hasPowerToName(room, requester);
    }

    private void requireOwnDomain(Requester requester, RoomAlias alias) {
        if (!domains.isLocal(alias.serverName())) {
            throw new MatrixException(
                    ErrorCode.M_INVALID_PARAM, "This server has no aliases on that domain");
        }
        if (!alias.serverName().equals(requester.domain())) {
            throw new MatrixException(
                    ErrorCode.M_FORBIDDEN, "Users make aliases on their own domain only");
        }
        if (alias.localpart().isEmpty()) {
            throw new MatrixException(ErrorCode.M_INVALID_PARAM, "The alias has no name");
        }
    }

    private boolean hasPowerToName(RoomRef room, Requester requester) {
        var state = states.find(room, List.of(POWER_LEVELS, CREATE));
        var create = state.get(CREATE);
        if (create == null) {
            throw new IllegalStateException("room_state: no m.room.create in " + room.roomId());
        }
        var levels =
                PowerLevels.of(
                        Optional.ofNullable(state.get(POWER_LEVELS)).map(StoredEvent::pdu),
                        create.pdu());
        return levels.ofUser(requester.userId())
                >= levels.requiredForState("m.room.canonical_alias");
    }

    private MatrixException notFound(RoomAlias alias) {
        return new MatrixException(
                ErrorCode.M_NOT_FOUND,
                domains.isLocal(alias.serverName())
                        ? "Room alias " + alias + " not found"
                        : "Room alias " + alias + " is another server's, which cannot be asked");
    }
}
