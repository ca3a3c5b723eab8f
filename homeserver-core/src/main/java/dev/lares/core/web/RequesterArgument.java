package dev.lares.core.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/// Gives a controller its `Requester`, or `Optional<Requester>` where a token is optional.
final class RequesterArgument implements HandlerMethodArgumentResolver {
    static final String ATTRIBUTE = Requester.class.getName();

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.nestedIfOptional().getNestedParameterType() == Requester.class;
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        var requester = request.getAttribute(ATTRIBUTE, NativeWebRequest.SCOPE_REQUEST);
        if (parameter.getParameterType() == Optional.class) {
            return Optional.ofNullable(requester);
        }
        if (requester == null) {
            throw new IllegalStateException(
                    parameter.getExecutable() + " wants a requester and does not authenticate");
        }
        return requester;
    }

    /// Who was let in with this request, if anybody.
    static Optional<Requester> of(HttpServletRequest request) {
        return Optional.ofNullable((Requester) request.getAttribute(ATTRIBUTE));
    }
}
