package dev.lares.core.user;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.lares.core.id.UserId;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Service;

/// User IDs and their internal numbers, of local and remote users. A pair never changes, so it is
/// remembered without an end but the bound.
@Service
public class UserRefs {
    private static final int REMEMBERED_MAX = 500_000;

    private final UserRefRepository repository;
    private final Cache<UserId, Long> nids =
            Caffeine.newBuilder().maximumSize(REMEMBERED_MAX).build();
    private final Cache<Long, UserId> ids =
            Caffeine.newBuilder().maximumSize(REMEMBERED_MAX).build();

    UserRefs(UserRefRepository repository) {
        this.repository = repository;
    }

    /// The number of the user, given one where there was none. Must not be called inside a
    /// transaction: two that intern in different orders would wait for each other.
    public long intern(UserId userId) {
        var known = nids.getIfPresent(userId);
        return known != null ? known : nid(intern(Set.of(userId)), userId);
    }

    /// The numbers of all these users, given where there was none; as for one, not in a
    /// transaction.
    public Map<UserId, Long> intern(Collection<UserId> userIds) {
        var found = findAll(userIds);
        var missing = new HashSet<>(userIds);
        missing.removeAll(found.keySet());
        if (missing.isEmpty()) {
            return found;
        }
        repository.insertAbsent(missing);
        found.putAll(read(missing));
        return found;
    }

    public Optional<Long> find(UserId userId) {
        return Optional.ofNullable(findAll(Set.of(userId)).get(userId));
    }

    /// The numbers of those users that have one, in a map of the caller's own.
    public Map<UserId, Long> findAll(Collection<UserId> userIds) {
        Map<UserId, Long> found = new HashMap<>(nids.getAllPresent(userIds));
        var missing = userIds.stream().filter(id -> !found.containsKey(id)).toList();
        if (!missing.isEmpty()) {
            found.putAll(read(missing));
        }
        return found;
    }

    /// Whose number this is. Throws where it is nobody's: numbers come out of our own tables.
    public UserId get(long userNid) {
        var found = getAll(Set.of(userNid)).get(userNid);
        if (found == null) {
            throw new IllegalStateException("user_ref has no row with user_nid " + userNid);
        }
        return found;
    }

    /// Whose numbers these are; a number that is nobody's is left out.
    public Map<Long, UserId> getAll(Collection<Long> userNids) {
        Map<Long, UserId> found = new HashMap<>(ids.getAllPresent(userNids));
        var missing = userNids.stream().filter(nid -> !found.containsKey(nid)).toList();
        if (!missing.isEmpty()) {
            var read = repository.findByNid(missing);
            read.forEach((nid, id) -> remember(id, nid));
            found.putAll(read);
        }
        return found;
    }

    private Map<UserId, Long> read(Collection<UserId> userIds) {
        var read = repository.find(userIds);
        read.forEach(this::remember);
        return read;
    }

    private void remember(UserId userId, long userNid) {
        nids.put(userId, userNid);
        ids.put(userNid, userId);
    }

    private static long nid(Map<UserId, Long> found, UserId userId) {
        var nid = found.get(userId);
        if (nid == null) {
            throw new IllegalStateException("user_ref did not keep " + userId);
        }
        return nid;
    }
}
