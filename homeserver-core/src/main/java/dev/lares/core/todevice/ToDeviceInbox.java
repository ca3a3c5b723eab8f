package dev.lares.core.todevice;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.lares.core.id.DeviceId;
import dev.lares.core.log.LastChanges;
import dev.lares.core.log.Position;
import dev.lares.core.todevice.ToDeviceDelivery.Rest;
import java.util.List;
import org.springframework.stereotype.Service;

/// What waits for devices. A message is delivered until a token acknowledges it: what reads says
/// how far it came, a client shows that again, and only then the messages are deleted. Where
/// nothing came for the user since, neither reading nor acknowledging costs a statement.
@Service
public class ToDeviceInbox {
    /// How many messages one answer holds at most.
    public static final int MESSAGES_MAX = 100;

    private static final int REMEMBERED_MAX = 200_000;

    private final ToDeviceRepository messages;
    private final LastChanges changes;

    /// How far this replica has deleted.
    private final Cache<Device, Long> acknowledged =
            Caffeine.newBuilder().maximumSize(REMEMBERED_MAX).build();

    ToDeviceInbox(ToDeviceRepository messages, LastChanges changes) {
        this.messages = messages;
        this.changes = changes;
    }

    private record Device(long userNid, DeviceId deviceId) {}

    /// What came for a device, nothing of it deleted.
    ///
    /// @param after how far the device was delivered to: [ToDeviceDelivery#upTo], 0 at first
    /// @param to nothing behind it is read
    /// @param limit how many messages, of at most [#MESSAGES_MAX]
    public ToDeviceDelivery read(
            long userNid, DeviceId deviceId, long after, Position to, int limit) {
        long end = Math.max(after, to.value());
        if (!changes.inboxChanged(userNid, after)) {
            return new ToDeviceDelivery(List.of(), end, Rest.NONE);
        }
        int bounded = Math.min(limit, MESSAGES_MAX);
        var found = messages.find(userNid, deviceId, after, to, bounded + 1);
        if (found.size() <= bounded) {
            return new ToDeviceDelivery(found, end, Rest.NONE);
        }
        var first = found.subList(0, bounded);
        long upTo = first.isEmpty() ? after : first.getLast().pos();
        return new ToDeviceDelivery(first, upTo, Rest.WAITING);
    }

    /// Deletes what the device shows that it has.
    ///
    /// @param upTo as in [ToDeviceDelivery#upTo]
    public void acknowledge(long userNid, DeviceId deviceId, long upTo) {
        var device = new Device(userNid, deviceId);
        var known = acknowledged.getIfPresent(device);
        long before = known == null ? 0 : known;
        if (upTo <= before) {
            return;
        }
        if (changes.inboxChanged(userNid, before)) {
            messages.deleteUpTo(userNid, deviceId, upTo);
        }
        acknowledged.asMap().merge(device, upTo, Math::max);
    }
}
