package dev.lares.client.slidingsync;

import dev.lares.client.slidingsync.RoomEntries.ToldEntry;
import dev.lares.client.slidingsync.SentRoom.Mark;
import dev.lares.core.log.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;

/// Which stretch of each room an extension has to tell.
///
/// @param rooms those that the request wants to hear of, by their internal numbers
/// @param entries of those that are told
/// @param sent what the client was told, this answer's rooms included
record RoomStretches(
        Map<Long, SelectedRoom> rooms,
        Map<Long, ToldEntry> entries,
        AnswerContext context,
        SentChanges sent) {

    /// @param from zero where all is to be told
    record Stretch(SelectedRoom room, Position from) {
        boolean whole() {
            return from.equals(Position.ZERO);
        }

        long roomNid() {
            return room.roomNid();
        }
    }

    /// The stretches of the rooms for which an extension is asked, of which the client was told.
    List<Stretch> of(ExtensionScope scope) {
        var stretches = new ArrayList<Stretch>();
        for (var room : rooms.values()) {
            if (scope.covers(room) && sent.find(room.roomNid()).isPresent()) {
                stretches.add(new Stretch(room, from(room)));
            }
        }
        return stretches;
    }

    /// As [#of], where the client may lack what happened while it did not ask; then all is told,
    /// and noted as told.
    ///
    /// @param changed whether something may have happened in a room behind a position
    List<Stretch> marked(ExtensionScope scope, Mark mark, BiPredicate<Long, Position> changed) {
        var stretches = new ArrayList<Stretch>();
        for (var stretch : of(scope)) {
            var now = sent.find(stretch.roomNid()).orElseThrow();
            stretches.add(now.has(mark) ? stretch : new Stretch(stretch.room(), Position.ZERO));
            sent.put(stretch.roomNid(), now.with(mark));
        }
        forgetUncovered(scope, mark, changed);
        return stretches;
    }

    /// Of rooms that are not covered now, what happens from here on is not told.
    private void forgetUncovered(
            ExtensionScope scope, Mark mark, BiPredicate<Long, Position> changed) {
        context.base()
                .sent()
                .rooms()
                .forEach((nid, before) -> {
                    var now = sent.find(nid).filter(SentRoom::isLive).filter(one -> one.has(mark));
                    var room = rooms.get(nid);
                    boolean covered = room != null && scope.covers(room);
                    if (now.isPresent()
                            && !covered
                            && changed.test(nid, context.base().upTo(before))) {
                        sent.put(nid, now.get().without(mark));
                    }
                });
    }

    private Position from(SelectedRoom room) {
        var entry = Optional.ofNullable(entries.get(room.roomNid()));
        if (entry.isPresent() && entry.get().news().isInitial()) {
            return Position.ZERO;
        }
        return context.base()
                .sent()
                .find(room.roomNid())
                .map(context.base()::upTo)
                .orElse(Position.ZERO);
    }
}
