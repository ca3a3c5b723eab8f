package dev.lares.client.sync;

import dev.lares.client.sync.RoomPlans.Plans;
import dev.lares.core.accountdata.AccountDataRow;
import dev.lares.core.accountdata.AccountDataService;
import dev.lares.core.accountdata.IgnoredUsers;
import dev.lares.core.log.AppliedPosition;
import dev.lares.core.log.LastChanges;
import dev.lares.core.log.Position;
import dev.lares.core.room.Viewer;
import dev.lares.core.todevice.ToDeviceDelivery;
import dev.lares.core.todevice.ToDeviceDelivery.Rest;
import dev.lares.core.todevice.ToDeviceInbox;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.stereotype.Service;

/// Builds answers. An answer is a function of the token and the log: a token that is sent again
/// gets the same answer, whatever was answered in between and whichever replica is asked.
@Service
class SyncService {
    /// Rooms that are read together.
    private static final int ROOMS_A_CHUNK = 200;

    private final AppliedPosition applied;
    private final LastChanges changes;
    private final RoomPlans plans;
    private final JoinedRooms joined;
    private final StrippedRooms stripped;
    private final LeftRooms left;
    private final AccountDataService accountData;
    private final IgnoredUsers ignored;
    private final ToDeviceInbox inbox;
    private final SyncTokens tokens;
    private final AnswerPermits permits;

    SyncService(
            AppliedPosition applied,
            LastChanges changes,
            RoomPlans plans,
            JoinedRooms joined,
            StrippedRooms stripped,
            LeftRooms left,
            AccountDataService accountData,
            IgnoredUsers ignored,
            ToDeviceInbox inbox,
            SyncTokens tokens,
            AnswerPermits permits) {
        this.applied = applied;
        this.changes = changes;
        this.plans = plans;
        this.joined = joined;
        this.stripped = stripped;
        this.left = left;
        this.accountData = accountData;
        this.ignored = ignored;
        this.inbox = inbox;
        this.tokens = tokens;
        this.permits = permits;
    }

    /// What there is to tell up to the applied position.
    Outcome answer(SyncRequest request) {
        var to = applied.current();
        var viewer = Viewer.of(request.requester());
        var since = request.since().orElse(Position.ZERO);
        List<AccountDataRow> data =
                changes.userChanged(viewer.userNid(), since)
                        ? accountData.changed(viewer.userNid(), since, to)
                        : List.of();
        var context = new SyncContext(request, viewer, to, ignored.of(viewer.userNid()), data);
        var delivery = delivery(request, to);
        return request.since().isEmpty() || request.fullState() == SyncRequest.FullState.ALL
                ? whole(context, delivery)
                : changes(context, delivery);
    }

    private ToDeviceDelivery delivery(SyncRequest request, Position to) {
        return request.requester()
                .deviceId()
                .map(device ->
                        inbox.read(
                                request.requester().userNid(),
                                device,
                                request.toDevice(),
                                to,
                                ToDeviceInbox.MESSAGES_MAX))
                .orElseGet(() -> new ToDeviceDelivery(List.of(), 0, Rest.NONE));
    }

    /// An answer without anything but a token, which is as good as the one that was sent.
    SyncAnswer nothing(SyncRequest request) {
        var json = new JsonBuffer().openObject();
        var position = request.since().orElse(Position.ZERO);
        json.name("next_batch").string(tokens.next(request, position, request.toDevice()));
        var ready = json.closeObject();
        return ready::writeTo;
    }

    private Outcome changes(SyncContext context, ToDeviceDelivery delivery) {
        var since = context.since().orElseThrow();
        var found = since.equals(context.to()) ? Plans.NONE : plans.of(context);
        if (!found.isEmpty()
                || !context.accountData().isEmpty()
                || !delivery.messages().isEmpty()) {
            var json = permits.permitted(() -> body(found, context, delivery));
            if (json.isPresent()) {
                var ready = json.get();
                return new Outcome(Optional.of(ready::writeTo), context.to());
            }
        }
        // What changed of the user may be the session itself: whoever waits has to ask again, and
        // to show the token again.
        return changes.userChanged(context.viewer().userNid(), since)
                ? new Outcome(
                        Optional.of(nothing(context.request().since(context.to()))), context.to())
                : new Outcome(Optional.empty(), context.to());
    }

    /// Nothing where there is nothing to tell.
    private Optional<JsonBuffer> body(Plans found, SyncContext context, ToDeviceDelivery delivery) {
        var rooms = new JsonBuffer();
        var join = new JsonBuffer();
        for (var chunk : chunks(found.joined())) {
            join.members(joined.build(chunk, context));
        }
        section(rooms, "join", join);
        others(rooms, found, context);
        var data = globalAccountData(context);
        if (rooms.isEmpty() && data.isEmpty() && delivery.messages().isEmpty()) {
            return Optional.empty();
        }
        var json = head(context, delivery, data);
        if (!rooms.isEmpty()) {
            json.name("rooms").openObject().members(rooms).closeObject();
        }
        return Optional.of(json.closeObject());
    }

    /// Everything, chunk by chunk while it is written.
    private Outcome whole(SyncContext context, ToDeviceDelivery delivery) {
        var found = plans.of(context);
        var parts = new ArrayList<Supplier<JsonBuffer>>();
        for (var chunk : chunks(found.joined())) {
            parts.add(() -> permits.permitted(() -> joined.build(chunk, context)));
        }
        var head = head(context, delivery, globalAccountData(context));
        var rest =
                permits.permitted(() -> {
                    var rooms = new JsonBuffer();
                    others(rooms, found, context);
                    return rooms;
                });
        return new Outcome(Optional.of(new ChunkedAnswer(head, parts, rest)), context.to());
    }

    /// All but the rooms, in an object that is still open.
    private JsonBuffer head(SyncContext context, ToDeviceDelivery delivery, List<byte[]> data) {
        var json = new JsonBuffer().openObject();
        json.name("next_batch")
                .string(tokens.next(context.request(), context.to(), delivery.upTo()));
        writeEvents(json, "account_data", data);
        writeEvents(json, "to_device", ToDeviceEvents.of(delivery.messages()));
        return json;
    }

    private void others(JsonBuffer rooms, Plans found, SyncContext context) {
        section(rooms, "invite", stripped.invites(found.invited(), context));
        section(rooms, "knock", stripped.knocks(found.knocked(), context));
        section(rooms, "leave", left.build(found.left(), context));
    }

    private static void section(JsonBuffer rooms, String name, JsonBuffer members) {
        if (!members.isEmpty()) {
            rooms.name(name).openObject().members(members).closeObject();
        }
    }

    private List<byte[]> globalAccountData(SyncContext context) {
        var rows =
                context.accountData().stream()
                        .filter(row -> row.roomNid() == AccountDataService.GLOBAL)
                        .toList();
        var events = new ArrayList<>(AccountDataEvents.of(rows, context.filter().accountData()));
        if (context.since().isEmpty()
                && context.filter().accountData().wantsType(AccountDataEvents.PUSH_RULES)) {
            events.add(AccountDataEvents.pushRules(context.viewer().userId()));
        }
        return events;
    }

    private static void writeEvents(JsonBuffer json, String section, List<byte[]> events) {
        if (!events.isEmpty()) {
            json.name(section).openObject().name("events").openArray();
            events.forEach(json::raw);
            json.closeArray().closeObject();
        }
    }

    private static List<List<RoomPlan>> chunks(List<RoomPlan> all) {
        var chunks = new ArrayList<List<RoomPlan>>();
        for (int i = 0; i < all.size(); i += ROOMS_A_CHUNK) {
            chunks.add(all.subList(i, Math.min(all.size(), i + ROOMS_A_CHUNK)));
        }
        return chunks;
    }

    /// What one look gave.
    ///
    /// @param answer absent where there is nothing to tell up to the position
    record Outcome(Optional<SyncAnswer> answer, Position upTo) {}
}
