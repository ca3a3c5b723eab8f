package dev.lares.core.room;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.id.RoomId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;

/// Room IDs and their internal numbers. A pair never changes, so it is remembered without an end
/// but the bound.
@Service
public class RoomRefs {
    private static final int REMEMBERED_MAX = 100_000;

    private final RoomRefRepository repository;
    private final Cache<RoomId, RoomRef> byId =
            Caffeine.newBuilder().maximumSize(REMEMBERED_MAX).build();
    private final Cache<Long, RoomRef> byNid =
            Caffeine.newBuilder().maximumSize(REMEMBERED_MAX).build();

    RoomRefs(RoomRefRepository repository) {
        this.repository = repository;
    }

    public Optional<RoomRef> find(RoomId roomId) {
        var known = byId.getIfPresent(roomId);
        if (known != null) {
            return Optional.of(known);
        }
        var found = repository.find(roomId);
        found.ifPresent(this::remember);
        return found;
    }

    /// `M_FORBIDDEN` for a room that we do not know, as for one that the user is not in, so that
    /// nobody learns which rooms exist.
    public RoomRef get(RoomId roomId) {
        return find(roomId).orElseThrow(RoomRefs::notInRoom);
    }

    /// The rooms of those numbers, in no order; a number without a room is left out.
    public List<RoomRef> findAll(Collection<Long> roomNids) {
        Map<Long, RoomRef> known = new HashMap<>(byNid.getAllPresent(roomNids));
        var missing = roomNids.stream().filter(nid -> !known.containsKey(nid)).toList();
        if (missing.isEmpty()) {
            return List.copyOf(known.values());
        }
        var all = new ArrayList<>(known.values());
        for (var found : repository.findAll(missing)) {
            remember(found);
            all.add(found);
        }
        return List.copyOf(all);
    }

    /// The rooms of those IDs, in no order; those that we do not know are left out.
    public List<RoomRef> findAllById(Collection<RoomId> roomIds) {
        var all = new ArrayList<>(byId.getAllPresent(roomIds).values());
        var known = all.stream().map(RoomRef::roomId).collect(Collectors.toSet());
        var missing = roomIds.stream().filter(id -> !known.contains(id)).toList();
        if (!missing.isEmpty()) {
            for (var found : repository.findAllById(missing)) {
                remember(found);
                all.add(found);
            }
        }
        return List.copyOf(all);
    }

    /// What one answers who asks about a room that they are not in.
    public static MatrixException notInRoom() {
        return new MatrixException(ErrorCode.M_FORBIDDEN, "You are not in this room");
    }

    private void remember(RoomRef room) {
        byId.put(room.roomId(), room);
        byNid.put(room.roomNid(), room);
    }
}
