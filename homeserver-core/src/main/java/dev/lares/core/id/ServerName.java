package dev.lares.core.id;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/// A [server name](https://spec.matrix.org/v1.19/appendices/#server-name): DNS name or IP literal,
/// perhaps with a port.
public record ServerName(@JsonValue String value) {
    private static final Pattern GRAMMAR =
            Pattern.compile("(?:\\[[0-9A-Fa-f:.]{2,45}]|[0-9A-Za-z.-]{1,255})(?::[0-9]{1,5})?");

    public ServerName {
        require(value);
    }

    static void require(String value) {
        if (value.length() > Identifiers.LENGTH_MAX_BYTES || !GRAMMAR.matcher(value).matches()) {
            throw Identifiers.invalid("Not a server name");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
