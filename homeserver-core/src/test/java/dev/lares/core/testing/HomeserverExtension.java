package dev.lares.core.testing;

import java.util.List;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.SearchOption;

/// Starts one server for each configuration and stops all of them after the last test of the JVM.
final class HomeserverExtension implements ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(HomeserverExtension.class);

    private record Configuration(List<String> properties, List<Class<?>> with) {}

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == TestHomeserver.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        var annotation =
                AnnotationSupport.findAnnotation(
                                context.getRequiredTestClass(),
                                HomeserverTest.class,
                                SearchOption.INCLUDE_ENCLOSING_CLASSES)
                        .orElseThrow();
        var configuration =
                new Configuration(List.of(annotation.properties()), List.of(annotation.with()));
        // JUnit closes what its stores hold.
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(configuration, HomeserverExtension::start, TestHomeserver.class);
    }

    private static TestHomeserver start(Configuration configuration) {
        return TestHomeserver.start(
                TestDatabase.create(), configuration.properties(), configuration.with());
    }
}
