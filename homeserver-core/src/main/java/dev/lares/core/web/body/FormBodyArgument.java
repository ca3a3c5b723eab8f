package dev.lares.core.web.body;

import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/// Gives a controller the form that was submitted to it.
final class FormBodyArgument implements HandlerMethodArgumentResolver {
    private final BodyReader bodies;

    FormBodyArgument(BodyReader bodies) {
        this.bodies = bodies;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == FormBody.class;
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
        try {
            return FormBody.parse(bodies.read(request));
        } catch (IllegalArgumentException e) {
            throw new MatrixException(ErrorCode.M_INVALID_PARAM, "The form cannot be read");
        }
    }
}
