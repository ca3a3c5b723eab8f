package dev.lares.app.badinput;

import dev.lares.core.web.SpecEndpoints;
import dev.lares.core.web.body.FormBody;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a page gets that its own form would not send.
final class BadForms {
    private static final String FORM = "application/x-www-form-urlencoded";

    private final World world;
    private final SpecEndpoints.Endpoint endpoint;
    private final String method;
    private final List<BadInput> all = new ArrayList<>();

    BadForms(World world, SpecEndpoints.Endpoint endpoint, String method) {
        this.world = world;
        this.endpoint = endpoint;
        this.method = method;
    }

    static boolean readsAForm(SpecEndpoints.Endpoint endpoint) {
        return Arrays.stream(endpoint.method().getMethodParameters())
                .anyMatch(parameter -> parameter.getParameterType() == FormBody.class);
    }

    /// Cannot be read: answered as any endpoint answers.
    List<BadInput> unreadable() {
        if (!readsAForm(endpoint)) {
            return List.of();
        }
        add("broken percent sign", "session=%zz&token=%zz");
        add("half a percent sign", "session=%4&token=%4");
        add("NUL", "session=%00&token=%00");
        add("raw NUL", "session=\0&token=\0");
        add("encoded bytes that are not UTF-8", "session=%FF&token=%FF");
        var raw = new ByteArrayOutputStream();
        raw.writeBytes("session=".getBytes(StandardCharsets.US_ASCII));
        raw.write(0xC3);
        add("bytes that are not UTF-8", FORM, raw.toByteArray(), Set.of("M_INVALID_PARAM"));
        add("too many fields", "a=b&".repeat(1_000));
        return all;
    }

    /// Can be read, and says nothing that helps: answered with the page that says so.
    List<BadInput> senseless() {
        page("empty", FORM, "");
        page("JSON", "application/json", "{\"session\":\"x\",\"token\":\"x\"}");
        page("nonsense", FORM, "&&==&=&session&token");
        page("unknown session", FORM, "session=nonsense&token=nonsense&session=other");
        page(
                "long session",
                FORM,
                "session=" + "x".repeat(70_000) + "&token=" + "x".repeat(70_000));
        page(
                "multipart",
                "multipart/form-data; boundary=b",
                "--b\r\nContent-Disposition: form-data; name=\"session\"\r\n\r\nx\r\n--b--\r\n");
        return all;
    }

    private void add(String name, String body) {
        add(name, FORM, body.getBytes(StandardCharsets.UTF_8), Set.of("M_INVALID_PARAM"));
    }

    private void page(String name, String type, String body) {
        add(name, type, body.getBytes(StandardCharsets.UTF_8), Set.of());
    }

    private void add(String name, String type, byte[] body, Set<String> errcodes) {
        all.add(
                new BadInput(
                        "form: " + name,
                        method,
                        world.target(endpoint),
                        Map.of("Content-Type", type),
                        body,
                        errcodes.isEmpty() ? Set.of(404) : Set.of(400),
                        errcodes));
    }
}
