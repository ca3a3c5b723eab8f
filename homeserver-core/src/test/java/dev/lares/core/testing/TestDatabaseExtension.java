package dev.lares.core.testing;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Gives a test class one [TestDatabase] as a parameter of its constructor, its methods or its
/// `@BeforeAll`, and drops it after the class: `@ExtendWith(TestDatabaseExtension.class)`.
public final class TestDatabaseExtension implements ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(TestDatabaseExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == TestDatabase.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return of(context);
    }

    /// For other extensions: the database of the outermost test class of this context.
    public static TestDatabase of(ExtensionContext context) {
        var testClass = context;
        while (testClass.getParent().isPresent()
                && testClass.getParent().get().getTestClass().isPresent()) {
            testClass = testClass.getParent().get();
        }
        // JUnit closes what its stores hold.
        return testClass
                .getStore(NAMESPACE)
                .computeIfAbsent(
                        TestDatabase.class, key -> TestDatabase.create(), TestDatabase.class);
    }
}
