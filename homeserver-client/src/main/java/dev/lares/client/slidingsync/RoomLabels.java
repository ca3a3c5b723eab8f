package dev.lares.client.slidingsync;

import dev.lares.core.accountdata.AccountDataRow;
import dev.lares.core.accountdata.AccountDataService;
import dev.lares.core.json.JsonRules;
import dev.lares.core.json.JsonText;
import dev.lares.core.log.AppliedBatch;
import dev.lares.core.log.AppliedCache;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/// How users have sorted their rooms: which are [direct
/// messages](https://spec.matrix.org/v1.19/client-server-api/#direct-messaging), and their
/// [tags](https://spec.matrix.org/v1.19/client-server-api/#room-tagging).
@Component
class RoomLabels implements AppliedBatch.Listener {
    private static final long BYTES_MAX = 16L << 20;
    private static final int ENTRY_BYTES = 150;

    private final AccountDataService accountData;
    private final AppliedCache<Labels> byUser =
            new AppliedCache<>(BYTES_MAX, (user, labels) -> labels.sizeBytes());

    RoomLabels(AccountDataService accountData) {
        this.accountData = accountData;
    }

    /// @param direct IDs of rooms
    /// @param tags by the rooms' internal numbers
    record Labels(Set<String> direct, Map<Long, Set<String>> tags) {
        Labels {
            direct = Set.copyOf(direct);
            tags = Map.copyOf(tags);
        }

        Set<String> tagsOf(long roomNid) {
            return tags.getOrDefault(roomNid, Set.of());
        }

        private int sizeBytes() {
            return ENTRY_BYTES * (1 + direct.size() + tags.size());
        }
    }

    Labels of(long userNid) {
        return byUser.get(userNid, this::read);
    }

    private Labels read(long userNid) {
        var direct = new HashSet<String>();
        for (var row : accountData.ofType(userNid, "m.direct")) {
            if (row.roomNid() == AccountDataService.GLOBAL) {
                for (var rooms : content(row)) {
                    rooms.forEach(room -> {
                        if (room.isString()) {
                            direct.add(room.stringValue());
                        }
                    });
                }
            }
        }
        var tags = new HashMap<Long, Set<String>>();
        for (var row : accountData.ofType(userNid, "m.tag")) {
            var ofRoom = content(row).path("tags");
            if (ofRoom.isObject() && !ofRoom.isEmpty()) {
                tags.put(row.roomNid(), Set.copyOf(ofRoom.propertyNames()));
            }
        }
        return new Labels(direct, tags);
    }

    private static JsonNode content(AccountDataRow row) {
        return JsonText.parseObject(row.content().getBytes(StandardCharsets.UTF_8), JsonRules.LAX);
    }

    @Override
    public void applied(AppliedBatch batch) {
        if (batch.streams().contains("account_data")) {
            batch.users().forEach(byUser::invalidate);
        }
    }

    @Override
    public void movedOn() {
        byUser.invalidateAll();
    }
}
