package dev.lares.core.web;

import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.MDC;
import org.springframework.http.HttpHeaders;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/// Lets only those to an endpoint whom its [SpecEndpoint] names ([client
/// authentication](https://spec.matrix.org/v1.19/client-server-api/#client-authentication)).
final class AuthenticationInterceptor implements HandlerInterceptor {
    private static final String SCHEME = "bearer ";
    private static final Map<String, Boolean> SOFT_LOGOUT = Map.of("soft_logout", true);

    private final AccessTokens tokens;

    AuthenticationInterceptor(AccessTokens tokens) {
        this.tokens = tokens;
    }

    @Override
    public boolean preHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler) {
        // An asynchronous request passes here again with its result; it has been let in already.
        if (request.getDispatcherType() != DispatcherType.REQUEST
                || !(handler instanceof HandlerMethod method)) {
            return true;
        }
        var endpoint = method.getMethodAnnotation(SpecEndpoint.class);
        if (endpoint == null) {
            throw new IllegalStateException(method + " has no @SpecEndpoint");
        }
        switch (endpoint.auth()) {
            // Signatures are checked where the body is read, since they cover it.
            case NONE, SERVER_SIGNATURE -> {}
            case OPTIONAL ->
                    token(request).ifPresent(token -> admit(request, find(token, endpoint)));
            case ACCESS_TOKEN -> admit(request, requireUser(authenticate(request, endpoint)));
            case GUEST_TOKEN -> admit(request, authenticate(request, endpoint));
            case ADMIN -> admit(request, requireAdmin(authenticate(request, endpoint)));
        }
        if (!endpoint.suspendedAllowed()) {
            Requester.of(request).ifPresent(Requester::requireNotSuspended);
        }
        return true;
    }

    private Requester authenticate(HttpServletRequest request, SpecEndpoint endpoint) {
        var token =
                token(request)
                        .orElseThrow(() ->
                                new MatrixException(
                                        ErrorCode.M_MISSING_TOKEN,
                                        "The request has no access token"));
        return find(token, endpoint);
    }

    private Requester find(String token, SpecEndpoint endpoint) {
        return switch (tokens.find(token)) {
            case TokenOutcome.Known(var requester) -> requester;
            case TokenOutcome.Unknown() -> throw unknownToken(Map.of());
            case TokenOutcome.SoftLoggedOut(), TokenOutcome.Expired() ->
                    throw unknownToken(SOFT_LOGOUT);
            case TokenOutcome.Locked(var requester) -> {
                if (endpoint.lockedAllowed()) {
                    yield requester;
                }
                throw new MatrixException(
                        ErrorCode.M_USER_LOCKED, 401, "This account is locked", SOFT_LOGOUT);
            }
            case TokenOutcome.Deactivated() ->
                    throw new MatrixException(
                            ErrorCode.M_USER_DEACTIVATED, "This account is deactivated");
        };
    }

    private static Requester requireUser(Requester requester) {
        if (requester.guest()) {
            throw new MatrixException(ErrorCode.M_GUEST_ACCESS_FORBIDDEN, "Guests may not do this");
        }
        return requester;
    }

    private static Requester requireAdmin(Requester requester) {
        if (!requester.admin()) {
            throw new MatrixException(
                    ErrorCode.M_FORBIDDEN, "Only server administrators may do this");
        }
        return requester;
    }

    private static void admit(HttpServletRequest request, Requester requester) {
        requester.admitTo(request);
        MDC.put("user", requester.userId().value());
    }

    private static MatrixException unknownToken(Map<String, ?> details) {
        return new MatrixException(
                ErrorCode.M_UNKNOWN_TOKEN, 401, "The access token is not known", details);
    }

    private static Optional<String> token(HttpServletRequest request) {
        var header = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (header != null) {
            return header.toLowerCase(Locale.ROOT).startsWith(SCHEME)
                    ? Optional.of(header.substring(SCHEME.length()).strip())
                    : Optional.empty();
        }
        // Deprecated since v1.11, and still what some bots and media links send.
        return Optional.ofNullable(request.getParameter("access_token"));
    }
}
