package dev.lares.core.web;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/// The endpoints that this server has. What it tells clients about itself (capabilities, unstable
/// features) is asked here, so that nothing is promised that is not there.
@Component
public class SpecEndpoints {
    private final ObjectProvider<RequestMappingHandlerMapping> mappings;

    SpecEndpoints(ObjectProvider<RequestMappingHandlerMapping> mappings) {
        this.mappings = mappings;
    }

    /// @param paths patterns without the spellings with a trailing slash
    public record Endpoint(
            SpecEndpoint spec,
            Set<RequestMethod> methods,
            Set<String> paths,
            HandlerMethod method) {
        public Endpoint {
            methods = Set.copyOf(methods);
            paths = Set.copyOf(paths);
        }
    }

    /// Whether there is an endpoint with this `operationId`.
    public boolean has(String operationId) {
        return all().stream().anyMatch(one -> one.spec().operationId().equals(operationId));
    }

    public List<Endpoint> all() {
        return mappings.stream()
                .flatMap(mapping -> mapping.getHandlerMethods().entrySet().stream())
                .flatMap(entry ->
                        Stream.ofNullable(entry.getValue().getMethodAnnotation(SpecEndpoint.class))
                                .map(spec -> endpoint(spec, entry)))
                .toList();
    }

    private static Endpoint endpoint(
            SpecEndpoint spec, Map.Entry<RequestMappingInfo, HandlerMethod> mapping) {
        var patterns = mapping.getKey().getPatternValues();
        var paths =
                patterns.stream()
                        .filter(path -> !(path.endsWith("/") && patterns.contains(chop(path))))
                        .collect(Collectors.toUnmodifiableSet());
        return new Endpoint(
                spec,
                mapping.getKey().getMethodsCondition().getMethods(),
                paths,
                mapping.getValue());
    }

    private static String chop(String path) {
        return path.substring(0, path.length() - 1);
    }
}
