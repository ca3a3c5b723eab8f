package dev.lares.client.slidingsync;

import dev.lares.client.slidingsync.RoomLabels.Labels;
import dev.lares.client.slidingsync.SelectedRoom.Subscribed;
import dev.lares.client.slidingsync.SlidingRequest.Rules;
import dev.lares.core.log.Position;
import dev.lares.core.membership.Membership;
import dev.lares.core.room.RoomRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Chooses the rooms that a request wants to hear of.
@Component
class RoomSelector {
    private final RoomTraitsReader traits;

    RoomSelector(RoomTraitsReader traits) {
        this.traits = traits;
    }

    /// @param rooms by their internal numbers, the most active first
    /// @param counts how many rooms each list has, whatever its window
    record Selection(Map<Long, SelectedRoom> rooms, Map<String, Integer> counts) {}

    Selection select(RoomLister.Rooms rooms, Rules rules, Labels labels, Position to) {
        var counts = new LinkedHashMap<String, Integer>();
        var windows = new HashMap<Long, List<SlidingList>>();
        for (var list : rules.lists()) {
            var fitting = filtered(rooms.listed(), list.filter(), labels, to);
            counts.put(list.name(), fitting.size());
            for (int place = 0; place < fitting.size(); place++) {
                if (list.shows(place)) {
                    windows.computeIfAbsent(fitting.get(place).roomNid(), nid -> new ArrayList<>())
                            .add(list);
                }
            }
        }
        var selected = new LinkedHashMap<Long, SelectedRoom>();
        var listed =
                rooms.listed().stream()
                        .map(ListedRoom::roomNid)
                        .collect(Collectors.toUnmodifiableSet());
        for (var room : rooms.all()) {
            var lists = windows.getOrDefault(room.roomNid(), List.of());
            // Who never was in a room does not see it, but for what they were told of.
            boolean mayAsk = listed.contains(room.roomNid()) || room.lastStay().isPresent();
            var subscription = mayAsk ? rules.subscriptions().get(room.ref().roomId()) : null;
            if (!lists.isEmpty() || subscription != null) {
                selected.put(room.roomNid(), selected(room, lists, subscription));
            }
        }
        return new Selection(selected, counts);
    }

    private static SelectedRoom selected(
            ListedRoom room, List<SlidingList> lists, @Nullable RoomConfig subscription) {
        var config = subscription;
        var names = new LinkedHashSet<String>();
        for (var list : lists) {
            config = config == null ? list.config() : config.with(list.config());
            names.add(list.name());
        }
        if (config == null) {
            throw new IllegalStateException("A selected room is in a list or subscribed");
        }
        return new SelectedRoom(
                room, config, names, subscription == null ? Subscribed.NO : Subscribed.YES);
    }

    private List<ListedRoom> filtered(
            List<ListedRoom> rooms, RoomFilter filter, Labels labels, Position to) {
        if (filter.equals(RoomFilter.ALL)) {
            return rooms;
        }
        var fitting =
                rooms.stream()
                        .filter(room -> fitsInvited(room, filter))
                        .filter(room -> fitsLabels(room, filter, labels))
                        .toList();
        if (filter.spaces().isPresent()) {
            var children = childrenOf(rooms, filter.spaces().get(), to);
            fitting =
                    fitting.stream()
                            .filter(room -> children.contains(room.ref().roomId().value()))
                            .toList();
        }
        if (!filter.readsStates()) {
            return fitting;
        }
        var read = traits.of(fitting, to);
        return fitting.stream()
                .filter(room -> filter.fits(read.getOrDefault(room.roomNid(), RoomTraits.NONE)))
                .toList();
    }

    private static boolean fitsInvited(ListedRoom room, RoomFilter filter) {
        boolean invited = room.membership().membership() == Membership.INVITE;
        return filter.invited().map(wanted -> wanted == invited).orElse(true);
    }

    private static boolean fitsLabels(ListedRoom room, RoomFilter filter, Labels labels) {
        boolean direct = labels.direct().contains(room.ref().roomId().value());
        return filter.direct().map(wanted -> wanted == direct).orElse(true)
                && filter.fitsTags(labels.tagsOf(room.roomNid()));
    }

    /// Of spaces that the user is not in nobody says what is in them.
    private Set<String> childrenOf(List<ListedRoom> rooms, Set<String> spaces, Position to) {
        List<RoomRef> joined =
                rooms.stream()
                        .filter(room -> room.membership().membership() == Membership.JOIN)
                        .map(ListedRoom::ref)
                        .filter(ref -> spaces.contains(ref.roomId().value()))
                        .toList();
        return joined.isEmpty() ? Set.of() : traits.children(joined, to);
    }
}
