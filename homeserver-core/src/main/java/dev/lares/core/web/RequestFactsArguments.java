package dev.lares.core.web;

import dev.lares.core.domain.HostedDomains;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/// Gives controllers a [ClientAddress] or a [RequestDomain].
final class RequestFactsArguments implements HandlerMethodArgumentResolver {
    private final ClientAddresses addresses;
    private final HostedDomains domains;

    RequestFactsArguments(ClientAddresses addresses, HostedDomains domains) {
        this.addresses = addresses;
        this.domains = domains;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == ClientAddress.class
                || parameter.getParameterType() == RequestDomain.class;
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
        return parameter.getParameterType() == ClientAddress.class
                ? addresses.of(request)
                : new RequestDomain(
                        domains.ofHost(Optional.ofNullable(request.getHeader(HttpHeaders.HOST))));
    }
}
