package dev.lares.core.web;

import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/// Refuses NUL in paths and queries, which no identifier holds and PostgreSQL cannot store.
final class PathVariableCheck implements HandlerInterceptor {
    @Override
    public boolean preHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE)
                instanceof Map<?, ?> variables) {
            for (var variable : variables.entrySet()) {
                if (variable.getValue() instanceof String value && value.indexOf('\0') >= 0) {
                    throw new MatrixException(
                            ErrorCode.M_INVALID_PARAM, variable.getKey() + " holds a NUL");
                }
            }
        }
        var query = request.getQueryString();
        if (query != null && query.contains("%00")) {
            throw new MatrixException(ErrorCode.M_INVALID_PARAM, "The query holds a NUL");
        }
        return true;
    }
}
