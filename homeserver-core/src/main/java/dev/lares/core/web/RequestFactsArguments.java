package dev.lares.core.web;

import dev.lares.core.domain.HostedDomains;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/// Gives controllers a [ClientAddress], a [RequestDomain] or a [RequestOrigin].
final class RequestFactsArguments implements HandlerMethodArgumentResolver {
    private static final Set<Class<?>> KNOWN =
            Set.of(ClientAddress.class, RequestDomain.class, RequestOrigin.class);

    private final ClientAddresses addresses;
    private final HostedDomains domains;

    RequestFactsArguments(ClientAddresses addresses, HostedDomains domains) {
        this.addresses = addresses;
        this.domains = domains;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return KNOWN.contains(parameter.getParameterType());
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest web,
            @Nullable WebDataBinderFactory binders) {
        var request = web.getNativeRequest(HttpServletRequest.class);
        if (request == null) {
            throw new IllegalStateException("Not a servlet request");
        }
        if (parameter.getParameterType() == ClientAddress.class) {
            return addresses.of(request);
        }
        if (parameter.getParameterType() == RequestOrigin.class) {
            return origin(request);
        }
        var host = Optional.ofNullable(request.getHeader(HttpHeaders.HOST));
        return new RequestDomain(domains.ofHost(host));
    }

    private RequestOrigin origin(HttpServletRequest request) {
        var host = Optional.ofNullable(request.getHeader(HttpHeaders.HOST));
        return new RequestOrigin(
                addresses.scheme(request)
                        + "://"
                        + host.orElseGet(() -> domains.defaultDomain().value()));
    }
}
