package dev.lares.core.web;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.ServletRequestPathUtils;

/// Maps each path with and without a trailing slash. `…/state/m.room.name/` is the legal spelling
/// of an empty state key, and clients put slashes behind other paths too.
final class SlashTolerantMapping extends RequestMappingHandlerMapping {
    private static final String ELEMENTS = SlashTolerantMapping.class.getName() + ".elements";

    /// Of each mapping, the shapes of its patterns; none where a pattern has no shape.
    private final Map<RequestMappingInfo, List<PathShape>> shapes = new ConcurrentHashMap<>();

    @Override
    protected @Nullable RequestMappingInfo getMappingForMethod(
            Method method, Class<?> handlerType) {
        var info = super.getMappingForMethod(method, handlerType);
        if (info == null) {
            return null;
        }
        Collection<String> paths = info.getPatternValues();
        var both =
                paths.stream()
                        .flatMap(path ->
                                path.endsWith("/") ? Stream.of(path) : Stream.of(path, path + "/"))
                        .distinct()
                        .toArray(String[]::new);
        return info.mutate().paths(both).options(getBuilderConfiguration()).build();
    }

    @Override
    protected void registerHandlerMethod(Object handler, Method method, RequestMappingInfo info) {
        super.registerHandlerMethod(handler, method, info);
        var known = new ArrayList<PathShape>();
        for (var pattern : info.getPatternValues()) {
            var shape = PathShape.of(pattern);
            if (shape.isEmpty()) {
                return;
            }
            known.add(shape.get());
        }
        shapes.put(info, List.copyOf(known));
    }

    @Override
    protected @Nullable RequestMappingInfo getMatchingMapping(
            RequestMappingInfo info, HttpServletRequest request) {
        var known = shapes.get(info);
        if (known != null && !mayMatch(known, elements(request))) {
            return null;
        }
        return super.getMatchingMapping(info, request);
    }

    private static boolean mayMatch(List<PathShape> shapes, String[] path) {
        for (var shape : shapes) {
            if (shape.mayMatch(path)) {
                return true;
            }
        }
        return false;
    }

    private static String[] elements(HttpServletRequest request) {
        if (request.getAttribute(ELEMENTS) instanceof String[] known) {
            return known;
        }
        var path = ServletRequestPathUtils.getParsedRequestPath(request).pathWithinApplication();
        var elements = PathShape.elementsOf(path);
        request.setAttribute(ELEMENTS, elements);
        return elements;
    }
}
