package dev.lares.core.web;

import java.util.TreeSet;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/// Refuses to start with an endpoint that does not say who may call it.
@Component
@ConditionalOnWebApplication // a command has no endpoints
final class SpecEndpointCheck implements SmartInitializingSingleton {
    private final RequestMappingHandlerMapping mappings;

    SpecEndpointCheck(RequestMappingHandlerMapping requestMappingHandlerMapping) {
        this.mappings = requestMappingHandlerMapping;
    }

    @Override
    public void afterSingletonsInstantiated() {
        var lacking = new TreeSet<String>();
        mappings.getHandlerMethods()
                .forEach((mapping, method) -> {
                    if (!method.hasMethodAnnotation(SpecEndpoint.class)) {
                        lacking.add(method + " " + mapping);
                    }
                });
        if (!lacking.isEmpty()) {
            throw new IllegalStateException("Endpoints without @SpecEndpoint: " + lacking);
        }
    }
}
