package dev.lares.core.auth;

import dev.lares.core.roomversion.RoomVersionRules;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// How a value in `m.room.power_levels` is read as a level.
enum LevelFormat {
    /// v10: integers and nothing else.
    INTEGERS {
        @Override
        OptionalLong read(@Nullable JsonNode value) {
            return value != null && value.isIntegralNumber()
                    ? integer(value)
                    : OptionalLong.empty();
        }
    },
    /// Before v10: also strings that hold an integer, and numbers with a fraction or an exponent
    /// where canonical JSON is not enforced
    /// ([strings](https://spec.matrix.org/v1.19/rooms/v1/#mroompower_levels-events-accept-values-as-strings),
    /// [floats](https://spec.matrix.org/v1.19/rooms/v1/#mroompower_levels-events-accept-values-as-floats)).
    LENIENT {
        @Override
        OptionalLong read(@Nullable JsonNode value) {
            if (value == null) {
                return OptionalLong.empty();
            }
            if (value.isIntegralNumber()) {
                return integer(value);
            }
            if (value.isFloatingPointNumber()) {
                // The cast cuts the fraction off. What a double cannot hold has no canonical form,
                // so
                // that no event has it.
                return OptionalLong.of((long) value.doubleValue());
            }
            return value.isString() ? IntegerText.parse(value.stringValue()) : OptionalLong.empty();
        }
    };

    static LevelFormat of(RoomVersionRules rules) {
        return rules.integerPowerLevels() ? INTEGERS : LENIENT;
    }

    /// The level, or nothing where the value is absent or is none. A level beyond what 64 bits hold
    /// (impossible from v6 on) counts as the nearest that they do.
    abstract OptionalLong read(@Nullable JsonNode value);

    private static OptionalLong integer(JsonNode value) {
        if (value.canConvertToLong()) {
            return OptionalLong.of(value.longValue());
        }
        return OptionalLong.of(
                value.bigIntegerValue().signum() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE);
    }
}
