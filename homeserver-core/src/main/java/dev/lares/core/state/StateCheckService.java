package dev.lares.core.state;

import dev.lares.core.state.StateRule.Subject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/// Checks one room in one snapshot.
@Service
class StateCheckService {
    private final StateCheckRepository repository;
    private final StateLineRepository lines;
    private final StateReader reader;
    private final MainLines mainLines;

    StateCheckService(
            StateCheckRepository repository,
            StateLineRepository lines,
            StateReader reader,
            MainLines mainLines) {
        this.repository = repository;
        this.lines = lines;
        this.reader = reader;
        this.mainLines = mainLines;
    }

    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    List<StateFinding> check(long roomNid, Set<Subject> subjects) {
        var findings = new ArrayList<StateFinding>();
        for (var rule : StateRule.values()) {
            if (subjects.contains(rule.subject())) {
                findings.addAll(repository.find(roomNid, rule));
            }
        }
        if (findings.isEmpty()) {
            // Hashes are only worth looking at where everything that they cover is there.
            for (var line : lines.find(roomNid).all()) {
                checkVersions(roomNid, line, findings);
            }
        }
        return findings;
    }

    /// Computes the hash of each version from the parent's and from the line's own entries.
    private void checkVersions(long roomNid, StateLine line, List<StateFinding> findings) {
        var hasher = mainLines.planner().hasher();
        var versions = repository.findVersions(roomNid, line.line());
        var entries = repository.findEntries(roomNid, line.line());
        var state = new HashMap<Long, Long>();
        var hash = hasher.empty(line.extent());
        if (line.parent().isPresent()) {
            var parent = line.parent().get();
            var keys = entries.stream().map(entry -> entry.keyNid()).distinct().toList();
            state.putAll(reader.events(roomNid, parent, keys));
            var version = lines.findVersions(roomNid, List.of(parent)).get(parent);
            hash = Objects.requireNonNull(version).hash();
        }
        var count = 0;
        var byVersion = entries.stream().collect(Collectors.groupingBy(entry -> entry.ver()));
        var wanted = new TreeSet<>(versions.keySet());
        wanted.addAll(byVersion.keySet());
        for (var ver : wanted) {
            var rows = byVersion.getOrDefault(ver, List.of());
            for (var row : rows) {
                hash = apply(hasher, hash, state, row.keyNid(), row.eventNid());
            }
            count += rows.size();
            var version = versions.get(ver);
            if (version != null) {
                compare(roomNid, version, hash, count, findings);
            }
        }
        if (!versions.isEmpty() && wanted.last() > line.tip().ref().ver()) {
            var key = key(roomNid, new StateRef(line.line(), wanted.last()));
            findings.add(
                    new StateFinding("state_entry", key, "its version is not in state_version"));
        }
    }

    private static StateHash apply(
            StateHasher hasher, StateHash hash, Map<Long, Long> state, long key, long event) {
        var old = state.getOrDefault(key, 0L);
        state.put(key, event);
        return old == event ? hash : hasher.after(hash, List.of(new StateChange(key, old, event)));
    }

    private static void compare(
            long roomNid,
            StateVersion version,
            StateHash hash,
            int entries,
            List<StateFinding> findings) {
        var key = key(roomNid, version.ref());
        if (!version.hash().equals(hash)) {
            findings.add(
                    new StateFinding(
                            "state_version", key, "its hash is not that of its state's entries"));
        }
        if (version.entries() != entries) {
            findings.add(
                    new StateFinding(
                            "state_version",
                            key,
                            "says that its line has %d entries up to it, and there are %d"
                                    .formatted(version.entries(), entries)));
        }
    }

    private static String key(long roomNid, StateRef ref) {
        return "room_nid %d, line %d, ver %d".formatted(roomNid, ref.line(), ref.ver());
    }
}
