package dev.lares.core.append;

import dev.lares.core.event.VerifiedPdu;
import dev.lares.core.id.EventId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/// Orders events so that each comes after those that it cites.
final class Citations {
    private static final Comparator<VerifiedPdu> OLDEST_FIRST =
            Comparator.<VerifiedPdu>comparingLong(verified -> verified.pdu().depth())
                    .thenComparingLong(verified -> verified.pdu().originServerTs())
                    .thenComparing(verified -> verified.pdu().eventId().value());

    private Citations() {}

    /// Where the graph leaves it open, by depth. Of an event that is there twice one is left, and
    /// events that cite one another in a circle (versions 1 and 2) come last.
    static List<VerifiedPdu> citedFirst(List<VerifiedPdu> pdus) {
        var byId = new HashMap<EventId, VerifiedPdu>();
        pdus.forEach(verified -> byId.putIfAbsent(verified.pdu().eventId(), verified));
        Map<EventId, Integer> open = new HashMap<>();
        Map<EventId, List<VerifiedPdu>> citing = new HashMap<>();
        for (var verified : byId.values()) {
            var cited = cited(verified, byId.keySet());
            open.put(verified.pdu().eventId(), cited.size());
            cited.forEach(id -> citing.computeIfAbsent(id, _ -> new ArrayList<>()).add(verified));
        }
        var ready = new PriorityQueue<>(OLDEST_FIRST);
        byId.values().stream().filter(verified -> isZero(open, verified)).forEach(ready::add);
        var order = new ArrayList<VerifiedPdu>();
        while (!ready.isEmpty()) {
            var next = ready.remove();
            order.add(next);
            for (var other : citing.getOrDefault(next.pdu().eventId(), List.of())) {
                open.merge(other.pdu().eventId(), -1, Integer::sum);
                if (isZero(open, other)) {
                    ready.add(other);
                }
            }
        }
        var circular = new ArrayDeque<>(byId.values().stream().sorted(OLDEST_FIRST).toList());
        circular.removeAll(new HashSet<>(order));
        order.addAll(circular);
        return order;
    }

    private static boolean isZero(Map<EventId, Integer> open, VerifiedPdu verified) {
        return open.getOrDefault(verified.pdu().eventId(), 0) == 0;
    }

    private static Set<EventId> cited(VerifiedPdu verified, Set<EventId> among) {
        var cited = new HashSet<EventId>();
        cited.addAll(verified.pdu().prevEvents());
        cited.addAll(verified.pdu().authEvents());
        cited.retainAll(among);
        cited.remove(verified.pdu().eventId());
        return cited;
    }
}
