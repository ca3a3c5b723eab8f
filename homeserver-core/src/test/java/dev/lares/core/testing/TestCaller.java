package dev.lares.core.testing;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/// Somebody who sends requests. Paths hold `{names}`, which are replaced by the arguments one after
/// another, percent-encoded. One more argument is the body: a string or bytes as they are, anything
/// else as JSON.
public abstract class TestCaller {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final Pattern VARIABLE = Pattern.compile("\\{[^}]*}");
    private static final String UNRESERVED = "-._~";

    private final TestTransport transport;
    private final Map<String, String> headers;

    TestCaller(TestTransport transport, Map<String, String> headers) {
        this.transport = transport;
        this.headers = Map.copyOf(headers);
    }

    public TestResponse get(String path, Object... arguments) {
        return exchange("GET", path, arguments);
    }

    public TestResponse post(String path, Object... argumentsAndBody) {
        return exchange("POST", path, argumentsAndBody);
    }

    public TestResponse put(String path, Object... argumentsAndBody) {
        return exchange("PUT", path, argumentsAndBody);
    }

    public TestResponse delete(String path, Object... argumentsAndBody) {
        return exchange("DELETE", path, argumentsAndBody);
    }

    public TestResponse exchange(String method, String path, Object... argumentsAndBody) {
        var target = new StringBuilder();
        var variables = VARIABLE.matcher(path);
        int used = 0;
        while (variables.find()) {
            variables.appendReplacement(target, "");
            target.append(encode(String.valueOf(argumentsAndBody[used++])));
        }
        variables.appendTail(target);
        byte[] body =
                switch (argumentsAndBody.length - used) {
                    case 0 -> new byte[0];
                    case 1 -> bytes(argumentsAndBody[used]);
                    default -> throw new IllegalArgumentException("too many arguments for " + path);
                };
        return transport.exchange(method, target.toString(), headers, body);
    }

    TestTransport transport() {
        return transport;
    }

    Map<String, String> headers() {
        return headers;
    }

    private static byte[] bytes(Object body) {
        return switch (body) {
            case byte[] bytes -> bytes;
            case String text -> text.getBytes(StandardCharsets.UTF_8);
            default -> MAPPER.writeValueAsBytes(body);
        };
    }

    /// Percent-encodes everything but letters, digits and `-._~`.
    public static String encode(String text) {
        var out = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            if (c < 0x80 && (Character.isLetterOrDigit(c) || UNRESERVED.indexOf(c) >= 0)) {
                out.append(c);
            } else {
                out.append('%').append(String.format("%02X", b & 0xFF));
            }
        }
        return out.toString();
    }
}
