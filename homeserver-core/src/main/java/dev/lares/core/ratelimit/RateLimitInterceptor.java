package dev.lares.core.ratelimit;

import dev.lares.core.web.ClientAddresses;
import dev.lares.core.web.Requester;
import dev.lares.core.web.SpecEndpoint;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/// Counts requests to rate limited endpoints, after authentication.
@Component
final class RateLimitInterceptor implements HandlerInterceptor, WebMvcConfigurer {
    private final RateLimitService limits;
    private final ClientAddresses addresses;

    RateLimitInterceptor(RateLimitService limits, ClientAddresses addresses) {
        this.limits = limits;
        this.addresses = addresses;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this);
    }

    @Override
    public boolean preHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (request.getDispatcherType() == DispatcherType.REQUEST
                && handler instanceof HandlerMethod method) {
            var endpoint = method.getMethodAnnotation(SpecEndpoint.class);
            if (endpoint != null && endpoint.rateLimited()) {
                var own = method.getMethodAnnotation(RateLimited.class);
                limits.require(own == null ? RateLimit.REQUEST : own.value(), subject(request));
            }
        }
        return true;
    }

    private String subject(HttpServletRequest request) {
        return Requester.of(request)
                .map(requester -> requester.userId().value())
                .orElseGet(() -> addresses.of(request).value());
    }
}
