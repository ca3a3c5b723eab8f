package dev.lares.core.state;

import dev.lares.core.state.StateCheckRepository.EntryRow;
import dev.lares.core.state.StateRule.Subject;
import java.util.ArrayList;
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
        var versions = repository.findVersions(roomNid, line.line());
        var entries = repository.findEntries(roomNid, line.line());
        var walk = walk(roomNid, line, entries);
        var byVersion = entries.stream().collect(Collectors.groupingBy(EntryRow::ver));
        var wanted = new TreeSet<>(versions.keySet());
        wanted.addAll(byVersion.keySet());
        for (var ver : wanted) {
            byVersion.getOrDefault(ver, List.of()).forEach(walk::step);
            var version = versions.get(ver);
            if (version != null) {
                compare(roomNid, version, walk, findings);
            }
        }
        if (!versions.isEmpty() && wanted.last() > line.tip().ref().ver()) {
            var key = key(roomNid, new StateRef(line.line(), wanted.last()));
            findings.add(
                    new StateFinding("state_entry", key, "its version is not in state_version"));
        }
    }

    private VersionWalk walk(long roomNid, StateLine line, List<EntryRow> entries) {
        var hasher = mainLines.planner().hasher();
        if (line.parent().isEmpty()) {
            return new VersionWalk(hasher, Map.of(), hasher.empty(line.extent()), 0);
        }
        var parent = line.parent().get();
        var keys = entries.stream().map(EntryRow::keyNid).distinct().toList();
        var version = lines.findVersions(roomNid, List.of(parent)).get(parent);
        return new VersionWalk(
                hasher,
                reader.events(roomNid, parent, keys),
                Objects.requireNonNull(version).hash(),
                0);
    }

    private static void compare(
            long roomNid, StateVersion version, VersionWalk walk, List<StateFinding> findings) {
        var key = key(roomNid, version.ref());
        if (!version.hash().equals(walk.hash())) {
            findings.add(
                    new StateFinding(
                            "state_version", key, "its hash is not that of its state's entries"));
        }
        if (version.entries() != walk.entries()) {
            findings.add(
                    new StateFinding(
                            "state_version",
                            key,
                            "says that its line has %d entries up to it, and there are %d"
                                    .formatted(version.entries(), walk.entries())));
        }
    }

    private static String key(long roomNid, StateRef ref) {
        return "room_nid %d, line %d, ver %d".formatted(roomNid, ref.line(), ref.ver());
    }
}
