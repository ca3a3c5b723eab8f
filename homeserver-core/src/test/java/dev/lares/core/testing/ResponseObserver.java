package dev.lares.core.testing;

/// Sees every answer that a fixture's user or server gets, such as a check against the
/// specification's schemas. Found by `ServiceLoader`; throws an [AssertionError] to fail the test.
public interface ResponseObserver {
    void observe(TestExchange exchange);
}
