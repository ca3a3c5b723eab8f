package dev.lares.app.database;

import dev.lares.core.backup.BackupException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/// Says without a stack trace that a restore into the database has not ended.
final class UnfinishedRestoreFailureAnalyzer extends AbstractFailureAnalyzer<BackupException> {
    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, BackupException cause) {
        return new FailureAnalysis(
                cause.getMessage(), "Wait for it, or run the command restore again.", cause);
    }
}
