package dev.lares.app.database;

import dev.lares.core.postgres.PostgresStartException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/// Shows why the bundled PostgreSQL did not start, without a stack trace around it.
final class PostgresStartFailureAnalyzer extends AbstractFailureAnalyzer<PostgresStartException> {
    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, PostgresStartException cause) {
        return new FailureAnalysis(
                cause.getMessage(),
                "Mend what PostgreSQL reports, or set spring.datasource.url to use a PostgreSQL of your own.",
                cause);
    }
}
