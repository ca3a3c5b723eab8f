package dev.lares.core.web;

import java.util.ArrayList;
import java.util.List;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;

/// Puts our own argument resolvers before the framework's, which look at the `Content-Type`.
final class BodyFirstAdapter extends RequestMappingHandlerAdapter {
    private final List<HandlerMethodArgumentResolver> first;

    BodyFirstAdapter(List<HandlerMethodArgumentResolver> first) {
        this.first = List.copyOf(first);
    }

    @Override
    public void afterPropertiesSet() {
        super.afterPropertiesSet();
        var resolvers = new ArrayList<>(first);
        var standard = getArgumentResolvers();
        if (standard != null) {
            resolvers.addAll(standard);
        }
        setArgumentResolvers(resolvers);
    }
}
