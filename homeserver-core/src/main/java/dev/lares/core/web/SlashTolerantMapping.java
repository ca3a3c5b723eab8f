package dev.lares.core.web;

import java.lang.reflect.Method;
import java.util.Collection;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/// Maps each path with and without a trailing slash. `…/state/m.room.name/` is the legal spelling
/// of an empty state key, and clients put slashes behind other paths too.
final class SlashTolerantMapping extends RequestMappingHandlerMapping {
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
}
