package dev.lares.client.slidingsync;

import dev.lares.client.slidingsync.ExtensionScope.Wanted;
import dev.lares.core.log.AppliedPosition;
import dev.lares.core.log.Position;
import dev.lares.core.position.PositionTokens;
import dev.lares.core.todevice.ToDeviceDelivery;
import dev.lares.core.todevice.ToDeviceInbox;
import dev.lares.core.web.Requester;
import java.util.List;
import org.springframework.stereotype.Component;

/// Delivers [messages to
/// devices](https://spec.matrix.org/v1.19/client-server-api/#send-to-device-messaging), with a
/// token of its own: whoever shows it has what came with it.
@Component
class ToDeviceExtension {
    static final ToDeviceDelivery NOTHING =
            new ToDeviceDelivery(List.of(), 0, ToDeviceDelivery.Rest.NONE);

    private final ToDeviceInbox inbox;
    private final PositionTokens tokens;
    private final AppliedPosition applied;

    ToDeviceExtension(ToDeviceInbox inbox, PositionTokens tokens, AppliedPosition applied) {
        this.inbox = inbox;
        this.tokens = tokens;
        this.applied = applied;
    }

    /// Deletes what the request shows that the device has. `M_INVALID_PARAM` where `since` is no
    /// token of ours.
    void acknowledge(SlidingRequest request) {
        long shown = shown(request);
        if (isAsked(request) && shown > 0) {
            var requester = request.requester();
            requester
                    .deviceId()
                    .ifPresent(device -> inbox.acknowledge(requester.userNid(), device, shown));
        }
    }

    /// What comes next; nothing where it is not asked for.
    ToDeviceDelivery read(SlidingRequest request, Position to) {
        var device = request.requester().deviceId();
        var limit = request.rules().extensions().toDeviceLimit();
        if (!isAsked(request) || device.isEmpty() || limit == 0) {
            return NOTHING;
        }
        return inbox.read(request.requester().userNid(), device.get(), shown(request), to, limit);
    }

    /// The token of an answer.
    ///
    /// @param upTo how far the device is delivered to with it
    String next(SlidingRequest request, Position position, long upTo) {
        return tokens.sync(
                position, Math.max(upTo, shown(request)), request.requester().deviceId());
    }

    static boolean isAsked(SlidingRequest request) {
        return request.rules().extensions().toDevice() == Wanted.YES;
    }

    /// How far the client was delivered to. One whose token is from before the database was
    /// restored has nothing of what there is now.
    private long shown(SlidingRequest request) {
        Requester requester = request.requester();
        long shown =
                request.rules()
                        .extensions()
                        .toDeviceSince()
                        .filter(token -> !token.isEmpty())
                        .map(token -> tokens.readSync(token, requester.deviceId()).toDevice())
                        .orElse(0L);
        return shown > applied.current().value() ? 0 : shown;
    }
}
