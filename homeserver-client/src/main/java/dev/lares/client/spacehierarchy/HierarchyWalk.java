package dev.lares.client.spacehierarchy;

import dev.lares.core.id.RoomId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// How far a walk through a space has come, depth first. A room that was looked at is not looked at
/// again, so that a circle ends.
final class HierarchyWalk {
    /// Rooms that wait or were seen; a space with more is shown in part.
    static final int ROOMS_MAX = 10_000;

    private final Deque<Step> waiting = new ArrayDeque<>();
    private final Set<RoomId> seen = new LinkedHashSet<>();

    /// A room to look at.
    ///
    /// @param depth how many spaces stand above it
    record Step(RoomId roomId, int depth) {}

    static HierarchyWalk from(RoomId root) {
        var walk = new HierarchyWalk();
        walk.waiting.push(new Step(root, 0));
        return walk;
    }

    /// Goes on with what [#waitingText] and [#seenText] gave.
    static HierarchyWalk of(String waitingText, String seenText) {
        var walk = new HierarchyWalk();
        waitingText
                .lines()
                .forEach(line -> {
                    int space = line.indexOf(' ');
                    walk.waiting.push(
                            new Step(
                                    new RoomId(line.substring(space + 1)),
                                    Integer.parseInt(line.substring(0, space))));
                });
        seenText.lines().map(RoomId::new).forEach(walk.seen::add);
        return walk;
    }

    /// The next room that was not looked at yet, which counts as looked at now.
    Optional<Step> next() {
        while (!waiting.isEmpty()) {
            var step = waiting.pop();
            if (seen.add(step.roomId())) {
                return Optional.of(step);
            }
        }
        return Optional.empty();
    }

    /// The rooms that come next where none of them has children, to be read together.
    List<RoomId> upcoming(int limit) {
        return waiting.stream()
                .map(Step::roomId)
                .filter(room -> !seen.contains(room))
                .distinct()
                .limit(limit)
                .toList();
    }

    /// Has the children of a room come next, in their order.
    void goInto(List<RoomId> children, int depth) {
        int room = ROOMS_MAX - seen.size() - waiting.size();
        var fresh =
                children.stream()
                        .filter(child -> !seen.contains(child))
                        .limit(Math.max(0, room))
                        .toList();
        fresh.reversed().forEach(child -> waiting.push(new Step(child, depth)));
    }

    boolean isDone() {
        return waiting.stream().allMatch(step -> seen.contains(step.roomId()));
    }

    /// The next one last. A line break in a room ID would end its line; no such room is ours.
    String waitingText() {
        var lines = new ArrayList<String>();
        waiting.descendingIterator()
                .forEachRemaining(step -> {
                    if (isOneLine(step.roomId())) {
                        lines.add(step.depth() + " " + step.roomId());
                    }
                });
        return String.join("\n", lines);
    }

    String seenText() {
        return String.join(
                "\n", seen.stream().filter(HierarchyWalk::isOneLine).map(RoomId::value).toList());
    }

    private static boolean isOneLine(RoomId roomId) {
        return roomId.value().lines().count() == 1
                && !roomId.value().endsWith("\n")
                && !roomId.value().endsWith("\r");
    }
}
