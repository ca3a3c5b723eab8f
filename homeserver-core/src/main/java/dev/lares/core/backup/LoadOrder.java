package dev.lares.core.backup;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// An order of tables in which each comes after those that its foreign keys name.
final class LoadOrder {
    private LoadOrder() {}

    static List<CatalogueTable> of(List<CatalogueTable> tables) {
        var ordered = new ArrayList<CatalogueTable>();
        var waiting = new ArrayList<>(tables);
        var unplaced = new HashSet<String>();
        tables.forEach(table -> unplaced.add(table.name()));
        while (!waiting.isEmpty()) {
            var next = waiting.stream().filter(table -> isReady(table, unplaced)).toList();
            if (next.isEmpty()) {
                throw new IllegalStateException("Tables refer to each other: " + unplaced);
            }
            ordered.addAll(next);
            waiting.removeAll(next);
            next.forEach(table -> unplaced.remove(table.name()));
        }
        return ordered;
    }

    private static boolean isReady(CatalogueTable table, Set<String> unplaced) {
        return table.refersTo().stream().noneMatch(unplaced::contains);
    }
}
