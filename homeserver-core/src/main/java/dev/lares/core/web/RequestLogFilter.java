package dev.lares.core.web;

import dev.lares.core.web.container.RequestIds;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/// Puts the request's ID into the logging context and writes one line a request: never the query,
/// which may hold an access token, and never a header.
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class RequestLogFilter extends OncePerRequestFilter {
    private static final Logger access = LoggerFactory.getLogger("dev.lares.access");
    private static final String STARTED = RequestLogFilter.class.getName() + ".started";

    private final Clock clock;
    private final ClientAddresses addresses;

    RequestLogFilter(Clock clock, ClientAddresses addresses) {
        this.clock = clock;
        this.addresses = addresses;
    }

    /// A parked request comes back on another thread, where the context is to be set again.
    @Override
    protected boolean shouldNotFilterAsyncDispatch() {
        return false;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getAttribute(STARTED) == null) {
            request.setAttribute(STARTED, clock.instant());
        }
        MDC.put("request", String.valueOf(request.getAttribute(RequestIds.ATTRIBUTE)));
        Requester.of(request).ifPresent(requester -> MDC.put("user", requester.userId().value()));
        try {
            chain.doFilter(request, response);
        } finally {
            if (!request.isAsyncStarted()
                    && access.isDebugEnabled()
                    && request.getAttribute(STARTED) instanceof Instant started) {
                access.debug(
                        "{} {} {} {} ms from {}",
                        request.getMethod(),
                        request.getRequestURI(),
                        response.getStatus(),
                        clock.millis() - started.toEpochMilli(),
                        addresses.of(request));
            }
            MDC.clear();
        }
    }
}
