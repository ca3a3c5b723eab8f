package dev.lares.core.web.body;

import java.util.List;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;

/// What turns bodies into controllers' parameters; comes before the framework's own resolvers.
public record BodyArguments(List<HandlerMethodArgumentResolver> resolvers) {
    public BodyArguments {
        resolvers = List.copyOf(resolvers);
    }
}
