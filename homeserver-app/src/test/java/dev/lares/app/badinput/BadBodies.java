package dev.lares.app.badinput;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.lares.core.web.SpecEndpoints;
import dev.lares.core.web.body.LaxNumbers;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.RequestBody;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Bodies that are no JSON, not the JSON that the endpoint takes, or too much of it.
final class BadBodies {
    private static final Set<String> NOT_JSON = Set.of("M_NOT_JSON");
    private static final Set<String> BAD_JSON = Set.of("M_BAD_JSON");
    private static final Set<String> BAD_MEMBER =
            Set.of("M_BAD_JSON", "M_INVALID_PARAM", "M_MISSING_PARAM");

    private final World world;

    BadBodies(World world) {
        this.world = world;
    }

    static Optional<MethodParameter> parameter(SpecEndpoints.Endpoint endpoint) {
        return Arrays.stream(endpoint.method().getMethodParameters())
                .filter(parameter -> parameter.hasParameterAnnotation(RequestBody.class))
                .findFirst();
    }

    List<BadInput> of(SpecEndpoints.Endpoint endpoint, String method) {
        var parameter = parameter(endpoint);
        if (parameter.isEmpty()) {
            return List.of();
        }
        var requests = new Requests(endpoint, method);
        requests.add("half", "{\"a\":", NOT_JSON);
        requests.add("text", "nonsense", NOT_JSON);
        requests.add("two values", "{}{}", NOT_JSON);
        requests.add(
                "invalid UTF-8", new byte[] {'{', '"', (byte) 0xC3, '"', ':', '1', '}'}, NOT_JSON);
        requests.add("array", "[]", BAD_JSON);
        requests.add("null", "null", BAD_JSON);
        requests.add("duplicate keys", "{\"x\":1,\"x\":2}", Set.of("M_BAD_JSON", "M_NOT_JSON"));
        requests.add("lone surrogate", "{\"x\":\"\\ud800\"}", Set.of("M_BAD_JSON", "M_NOT_JSON"));
        requests.add(
                "lone surrogate as a key", "{\"\\udfff\":1}", Set.of("M_BAD_JSON", "M_NOT_JSON"));
        requests.add("1,000 deep", nested(1_000), BAD_JSON);
        requests.add("100,000 deep", nested(100_000), BAD_JSON);
        if (!parameter.get().hasParameterAnnotation(LaxNumbers.class)) {
            requests.add("2^53", "{\"x\":9007199254740992}", BAD_JSON);
            requests.add("-2^53", "{\"x\":-9007199254740992}", BAD_JSON);
            requests.add("float", "{\"x\":1.5}", BAD_JSON);
            requests.add("float that is whole", "{\"x\":1.0}", BAD_JSON);
            requests.add("exponent", "{\"x\":1e3}", BAD_JSON);
        }
        requests.add("NaN", "{\"x\":NaN}", NOT_JSON);
        var type = parameter.get().getParameterType();
        if (type.isRecord()) {
            for (var component : type.getRecordComponents()) {
                wrongValue(component.getGenericType())
                        .ifPresent(wrong ->
                                requests.add(
                                        "wrong type of " + name(component),
                                        "{\"" + name(component) + "\":" + wrong + "}",
                                        BAD_MEMBER));
            }
        }
        requests.addForms();
        requests.addTooLarge();
        return requests.all;
    }

    private final class Requests {
        private final List<BadInput> all = new ArrayList<>();
        private final SpecEndpoints.Endpoint endpoint;
        private final String method;

        Requests(SpecEndpoints.Endpoint endpoint, String method) {
            this.endpoint = endpoint;
            this.method = method;
        }

        void add(String name, String body, Set<String> errcodes) {
            add(name, body.getBytes(StandardCharsets.UTF_8), errcodes);
        }

        void add(String name, byte[] body, Set<String> errcodes) {
            add(name, body, Set.of(400), errcodes);
        }

        private void add(String name, byte[] body, Set<Integer> statuses, Set<String> errcodes) {
            add(name, World.bearer(world.token(endpoint)), body, statuses, errcodes);
        }

        private void add(
                String name,
                Map<String, String> headers,
                byte[] body,
                Set<Integer> statuses,
                Set<String> errcodes) {
            all.add(
                    new BadInput(
                            "body: " + name,
                            method,
                            world.target(endpoint),
                            headers,
                            body,
                            statuses,
                            errcodes));
        }

        /// What browsers and "curl -d" send: no form becomes JSON, and none is swallowed.
        void addForms() {
            addForm("form", "application/x-www-form-urlencoded", "user_id=%40a%3Ab&reason=x");
            addForm(
                    "multipart",
                    "multipart/form-data; boundary=b",
                    "--b\r\nContent-Disposition: form-data; name=\"reason\"\r\n\r\nx\r\n--b--\r\n");
            addForm("broken multipart", "multipart/form-data", "--");
        }

        private void addForm(String name, String type, String body) {
            var headers = new HashMap<>(World.bearer(world.token(endpoint)));
            headers.put("Content-Type", type);
            add(name, headers, body.getBytes(StandardCharsets.UTF_8), Set.of(400), NOT_JSON);
        }

        /// Events have at most 65,536 bytes, whatever they say.
        void addTooLarge() {
            var operation = endpoint.spec().operationId();
            if (operation.equals("sendMessage") || operation.startsWith("setRoomState")) {
                var body = "{\"body\":\"" + "x".repeat(70_000) + "\"}";
                add(
                        "70 kB",
                        body.getBytes(StandardCharsets.UTF_8),
                        Set.of(413),
                        Set.of("M_TOO_LARGE"));
            }
        }
    }

    private static String nested(int depth) {
        return "{\"x\":" + "[".repeat(depth) + "]".repeat(depth) + "}";
    }

    private static String name(RecordComponent component) {
        var given = component.getAccessor().getAnnotation(JsonProperty.class);
        return given != null && !given.value().isEmpty()
                ? given.value()
                : component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    private static Optional<String> wrongValue(Type type) {
        if (type instanceof ParameterizedType generic) {
            var raw = (Class<?>) generic.getRawType();
            if (raw == Optional.class) {
                return wrongValue(generic.getActualTypeArguments()[0]);
            }
            return Collection.class.isAssignableFrom(raw) || Map.class.isAssignableFrom(raw)
                    ? Optional.of("5")
                    : Optional.empty();
        }
        if (!(type instanceof Class<?> plain) || plain == JsonNode.class) {
            return Optional.empty();
        }
        if (plain == ObjectNode.class) {
            return Optional.of("5");
        }
        // An array is neither a string nor a number, a boolean, or a record.
        return Optional.of("[[]]");
    }
}
