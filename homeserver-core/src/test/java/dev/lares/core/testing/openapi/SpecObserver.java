package dev.lares.core.testing.openapi;

import dev.lares.core.testing.ResponseObserver;
import dev.lares.core.testing.TestExchange;

/// Holds each answer of each HTTP test against the specification.
public final class SpecObserver implements ResponseObserver {
    private final SpecCoverage coverage = new SpecCoverage();

    @Override
    public void observe(TestExchange exchange) {
        var response = exchange.response();
        SpecAnswers.shared()
                .flatMap(answers ->
                        answers.check(
                                exchange.method(),
                                exchange.path(),
                                response.status(),
                                response.text()))
                .filter(operation -> response.status() < 400)
                .ifPresent(coverage::note);
    }
}
