package dev.lares.core.membership;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.lares.core.log.AppliedBatch;
import dev.lares.core.log.Position;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.springframework.stereotype.Service;

/// Where memberships come from. What was so once stays so, and is remembered.
@Service
public class MembershipOrigins implements AppliedBatch.Listener {
    private static final int REMEMBERED_MAX = 100_000;

    private final MembershipRepository repository;
    private final Cache<Key, MembershipOrigin> known =
            Caffeine.newBuilder().maximumSize(REMEMBERED_MAX).build();

    MembershipOrigins(MembershipRepository repository) {
        this.repository = repository;
    }

    private record Key(long userNid, long roomNid, Position changed) {
        static Key of(RoomMembership membership) {
            return new Key(membership.userNid(), membership.roomNid(), membership.changed());
        }
    }

    /// The origins of one user's memberships, by the rooms' internal numbers.
    public Map<Long, MembershipOrigin> of(long userNid, Collection<RoomMembership> memberships) {
        var found = new HashMap<Long, MembershipOrigin>();
        var missing = new ArrayList<RoomMembership>();
        for (var membership : memberships) {
            var remembered = known.getIfPresent(Key.of(membership));
            if (remembered == null) {
                missing.add(membership);
            } else {
                found.put(membership.roomNid(), remembered);
            }
        }
        if (!missing.isEmpty()) {
            var read = repository.findOrigins(userNid, missing);
            for (var membership : missing) {
                var origin = read.get(membership.roomNid());
                if (origin != null) {
                    found.put(membership.roomNid(), origin);
                    known.put(Key.of(membership), origin);
                }
            }
        }
        return found;
    }

    @Override
    public void applied(AppliedBatch batch) {
        // What comes later changes nothing of what was.
    }

    @Override
    public void movedOn() {
        known.invalidateAll();
    }
}
