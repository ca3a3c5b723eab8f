package dev.lares.core.audit;

import dev.lares.core.log.AppendItem;
import dev.lares.core.log.LogWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;

/// Keeps entries of what changes nothing, such as looking something up.
@Service
public class AuditService {
    private static final Duration DEADLINE = Duration.ofSeconds(20);

    private final LogWriter log;

    AuditService(LogWriter log) {
        this.log = log;
    }

    /// Waits until the entry is durable.
    public void keep(AuditEntry entry) {
        var rows = List.of(entry.row());
        log.append(new AppendItem(Optional.empty(), List.of(), rows, Optional.empty()), DEADLINE);
    }
}
