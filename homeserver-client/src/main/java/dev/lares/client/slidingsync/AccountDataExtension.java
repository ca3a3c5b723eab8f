package dev.lares.client.slidingsync;

import dev.lares.client.slidingsync.RoomStretches.Stretch;
import dev.lares.client.slidingsync.SentRoom.Mark;
import dev.lares.client.slidingsync.SentRooms.Global;
import dev.lares.client.sync.AccountDataEvents;
import dev.lares.client.sync.JsonBuffer;
import dev.lares.core.accountdata.AccountDataRow;
import dev.lares.core.accountdata.AccountDataService;
import dev.lares.core.filter.EventFilter;
import dev.lares.core.log.LastChanges;
import dev.lares.core.log.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/// Tells account data: global, and of the rooms that are asked for.
@Component
class AccountDataExtension {
    private static final EventFilter ALL = EventFilter.all(EventFilter.LIMIT_MAX);

    /// Before all positions, but not nothing: who knew something is told what was deleted.
    private static final Position DELETIONS_TOO = new Position(1);

    private final AccountDataService accountData;
    private final LastChanges changes;

    AccountDataExtension(AccountDataService accountData, LastChanges changes) {
        this.accountData = accountData;
        this.changes = changes;
    }

    /// Writes nothing where there is nothing to tell.
    void write(JsonBuffer json, RoomStretches rooms) {
        var context = rooms.context();
        var scope = context.request().rules().extensions().accountData();
        var base = context.base();
        var userNid = context.viewer().userNid();
        boolean mayHaveChanged = !base.isFresh() && changes.userChanged(userNid, base.upTo());
        var changed =
                mayHaveChanged
                        ? accountData.changed(userNid, base.upTo(), context.to())
                        : List.<AccountDataRow>of();
        Map<Long, List<AccountDataRow>> byRoom =
                changed.stream().collect(Collectors.groupingBy(AccountDataRow::roomNid));
        // Also where nothing is asked for now: what is missed has to be noted.
        var stretches =
                rooms.marked(scope, Mark.ACCOUNT_DATA, (nid, from) -> byRoom.containsKey(nid));
        if (!scope.enabled()) {
            if (byRoom.containsKey(AccountDataService.GLOBAL)) {
                rooms.sent().global(Global.MISSING);
            }
            return;
        }
        var global = global(context, byRoom);
        rooms.sent().global(Global.TOLD);
        var ofRooms = new JsonBuffer();
        writeRooms(ofRooms, stretches, byRoom, context);
        if (!global.isEmpty() || !ofRooms.isEmpty()) {
            json.name("account_data").openObject();
            json.name("global").openArray();
            global.forEach(json::raw);
            json.closeArray();
            json.name("rooms").openObject().members(ofRooms).closeObject();
            json.closeObject();
        }
    }

    private List<byte[]> global(AnswerContext context, Map<Long, List<AccountDataRow>> changed) {
        var base = context.base();
        if (base.sent().global() == Global.TOLD) {
            return AccountDataEvents.of(
                    changed.getOrDefault(AccountDataService.GLOBAL, List.of()), ALL);
        }
        var since = base.isFresh() ? Position.ZERO : DELETIONS_TOO;
        var rows =
                accountData.changed(context.viewer().userNid(), since, context.to()).stream()
                        .filter(row -> row.roomNid() == AccountDataService.GLOBAL)
                        .toList();
        var events = new ArrayList<>(AccountDataEvents.of(rows, ALL));
        events.add(AccountDataEvents.pushRules(context.viewer().userId()));
        return events;
    }

    private void writeRooms(
            JsonBuffer json,
            List<Stretch> stretches,
            Map<Long, List<AccountDataRow>> changed,
            AnswerContext context) {
        var upTo = context.base().upTo();
        // Who heard of a room last before the token, or not of its data: that is rare.
        Map<Long, Position> earlier =
                stretches.stream()
                        .filter(room -> room.whole() || !room.from().equals(upTo))
                        .collect(Collectors.toMap(Stretch::roomNid, Stretch::from));
        Map<Long, List<AccountDataRow>> all =
                earlier.isEmpty()
                        ? Map.of()
                        : accountData
                                .changed(context.viewer().userNid(), DELETIONS_TOO, context.to())
                                .stream()
                                .filter(row ->
                                        row.pos()
                                                > earlier.getOrDefault(row.roomNid(), context.to())
                                                        .value())
                                .collect(Collectors.groupingBy(AccountDataRow::roomNid));
        for (var room : stretches) {
            var rows =
                    (earlier.containsKey(room.roomNid()) ? all : changed)
                            .getOrDefault(room.roomNid(), List.of());
            if (!rows.isEmpty()) {
                json.name(room.room().roomId().value()).openArray();
                AccountDataEvents.of(rows, ALL).forEach(json::raw);
                json.closeArray();
            }
        }
    }
}
