package dev.lares.core.web.body;

import dev.lares.core.id.DeviceId;
import dev.lares.core.id.EventId;
import dev.lares.core.id.RoomAlias;
import dev.lares.core.id.RoomId;
import dev.lares.core.id.RoomIdOrAlias;
import dev.lares.core.id.ServerName;
import dev.lares.core.id.UserId;
import dev.lares.core.json.CanonicalJson;
import dev.lares.core.json.RawJson;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.module.SimpleModule;

/// How identifiers and strings are read from JSON, and canonical JSON is written.
final class MatrixJsonModule extends SimpleModule {
    private static final long serialVersionUID = 1;

    MatrixJsonModule() {
        read(String.class, Function.identity());
        read(DeviceId.class, DeviceId::new);
        read(EventId.class, EventId::new);
        read(RoomAlias.class, RoomAlias::new);
        read(RoomId.class, RoomId::new);
        read(RoomIdOrAlias.class, RoomIdOrAlias::parse);
        read(ServerName.class, ServerName::new);
        read(UserId.class, UserId::new);
        addSerializer(CanonicalJson.class, new CanonicalJsonSerializer());
        addSerializer(RawJson.class, new RawJsonSerializer());
    }

    private <T> void read(Class<T> type, Function<String, T> parse) {
        addDeserializer(type, new TextDeserializer<>(type, parse));
    }

    /// Takes JSON strings only (never a number or an array for one), and none with a NUL, which
    /// PostgreSQL cannot store.
    private static final class TextDeserializer<T> extends ValueDeserializer<T> {
        private final Class<T> type;
        private final Function<String, T> parse;

        TextDeserializer(Class<T> type, Function<String, T> parse) {
            this.type = type;
            this.parse = parse;
        }

        @Override
        public @Nullable T deserialize(JsonParser parser, DeserializationContext context) {
            if (!parser.hasToken(JsonToken.VALUE_STRING)) {
                return type.cast(
                        context.handleUnexpectedToken(context.constructType(type), parser));
            }
            var text = parser.getString();
            if (text.indexOf('\0') >= 0) {
                return type.cast(context.handleWeirdStringValue(type, "", "NUL"));
            }
            return parse.apply(text);
        }
    }

    private static final class CanonicalJsonSerializer extends ValueSerializer<CanonicalJson> {
        @Override
        public void serialize(
                CanonicalJson value, JsonGenerator generator, SerializationContext context) {
            generator.writeRawValue(new String(value.bytes(), StandardCharsets.UTF_8));
        }
    }

    private static final class RawJsonSerializer extends ValueSerializer<RawJson> {
        @Override
        public void serialize(
                RawJson value, JsonGenerator generator, SerializationContext context) {
            generator.writeRawValue(value.toString());
        }
    }
}
