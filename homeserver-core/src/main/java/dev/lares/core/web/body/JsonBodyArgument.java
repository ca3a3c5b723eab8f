package dev.lares.core.web.body;

import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.json.CanonicalJson;
import dev.lares.core.json.JsonRules;
import dev.lares.core.json.JsonText;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Validator;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Gives a controller its `@RequestBody`: a record, an `ObjectNode`, a [CanonicalJson] or the raw
/// `byte[]`. The `Content-Type` is not looked at, since clients send none or a wrong one.
///
/// Where the body is `required = false`, an empty one counts as `{}`.
final class JsonBodyArgument implements HandlerMethodArgumentResolver {
    private final BodyReader bodies;
    private final JsonMapper mapper;
    private final Validator validator;

    JsonBodyArgument(BodyReader bodies, JsonMapper mapper, Validator validator) {
        this.bodies = bodies;
        this.mapper = mapper;
        this.validator = validator;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.hasParameterAnnotation(RequestBody.class);
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest web,
            @Nullable WebDataBinderFactory binders) {
        var request = web.getNativeRequest(HttpServletRequest.class);
        var annotation = parameter.getParameterAnnotation(RequestBody.class);
        if (request == null || annotation == null) {
            throw new IllegalStateException("Not a servlet request with a body");
        }
        byte[] body = bodies.read(request);
        if (parameter.getParameterType() == byte[].class) {
            return body;
        }
        if (parameter.getParameterType() == CanonicalJson.class) {
            return CanonicalJson.of(parse(body, annotation, JsonRules.STRICT), JsonRules.STRICT);
        }
        var rules =
                parameter.hasParameterAnnotation(LaxNumbers.class)
                        ? JsonRules.LAX_NUMBERS
                        : JsonRules.STRICT;
        var tree = parse(body, annotation, rules);
        return parameter.getParameterType() == ObjectNode.class ? tree : map(tree, parameter);
    }

    private static ObjectNode parse(byte[] body, RequestBody annotation, JsonRules rules) {
        if (body.length == 0 && !annotation.required()) {
            return JsonNodeFactory.instance.objectNode();
        }
        return JsonText.parseObject(body, rules);
    }

    private Object map(ObjectNode tree, MethodParameter parameter) {
        var type = mapper.constructType(parameter.getGenericParameterType());
        Object value;
        try {
            value = mapper.readerFor(type).readValue(tree);
        } catch (JacksonException e) {
            throw refusal(e);
        }
        var violations = validator.validate(value);
        if (!violations.isEmpty()) {
            var first = violations.iterator().next();
            throw new MatrixException(
                    ErrorCode.M_BAD_JSON,
                    snakeCase(first.getPropertyPath().toString()) + " " + first.getMessage());
        }
        return value;
    }

    private static MatrixException refusal(JacksonException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof MatrixException refusal) {
                return refusal;
            }
        }
        // The framework's own words name our classes: only the place is told.
        var path = new StringBuilder();
        for (var reference : failure.getPath()) {
            if (reference.getPropertyName() != null) {
                path.append(path.isEmpty() ? "" : ".").append(reference.getPropertyName());
            }
        }
        return new MatrixException(
                ErrorCode.M_BAD_JSON,
                path.isEmpty()
                        ? "A member is missing or has a wrong type"
                        : path + " is not valid");
    }

    private static String snakeCase(String camelCase) {
        return camelCase.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }
}
