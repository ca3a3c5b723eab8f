package dev.lares.core.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lares.core.testdata.PduBuilder;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PowerLevelsTest {
    @Test
    void haveTheDefaultsOfTheSpecificationWhereNothingIsSet() {
        var room = PduBuilder.room("11");

        var levels = PowerLevels.of(Optional.empty(), room.create("@founder:a.example", "{}"));

        assertThat(levels.ofUser("@founder:a.example")).isEqualTo(100);
        assertThat(levels.ofUser("@other:a.example")).isZero();
        assertThat(levels.requiredForState("m.room.name")).isEqualTo(50);
        assertThat(levels.requiredForMessage("m.room.message")).isZero();
        assertThat(levels.invite()).isZero();
        assertThat(levels.kick()).isEqualTo(50);
        assertThat(levels.ban()).isEqualTo(50);
        assertThat(levels.redact()).isEqualTo(50);
        assertThat(levels.notification("room")).isEqualTo(50);
    }

    @Test
    void giveTheFounderNothingOnceLevelsAreSet() {
        var room = PduBuilder.room("11");
        var create = room.create("@founder:a.example", "{}");
        var event = room.state("m.room.power_levels", "", "@founder:a.example", "{}");

        assertThat(PowerLevels.of(Optional.of(event), create).ofUser("@founder:a.example"))
                .isZero();
    }

    @Test
    void goByTheNamedCreatorBeforeVersion11() {
        var room = PduBuilder.room("10");
        var create = room.create("@founder:a.example", "{\"creator\":\"@other:a.example\"}");

        var levels = PowerLevels.of(Optional.empty(), create);

        assertThat(levels.ofUser("@founder:a.example")).isZero();
        assertThat(levels.ofUser("@other:a.example")).isEqualTo(100);
    }

    @Test
    void areInfiniteForAllCreatorsFromVersion12On() {
        var room = PduBuilder.room("12");
        var create =
                room.create(
                        "@founder:a.example", "{\"additional_creators\":[\"@second:b.example\"]}");
        var event =
                room.state(
                        "m.room.power_levels",
                        "",
                        "@founder:a.example",
                        "{\"users_default\":9007199254740991,\"users\":{\"@a:a.example\":5}}");

        var levels = PowerLevels.of(Optional.of(event), create);

        assertThat(levels.ofUser("@founder:a.example")).isEqualTo(PowerLevels.INFINITE);
        assertThat(levels.ofUser("@second:b.example")).isEqualTo(PowerLevels.INFINITE);
        assertThat(levels.ofUser("@a:a.example")).isEqualTo(5);
        assertThat(levels.ofUser("@b:a.example"))
                .isEqualTo(9007199254740991L)
                .isLessThan(PowerLevels.INFINITE);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "7, 7",
                "\"7\", 7",
                "\"-7\", -7",
                "\"+007\", 7",
                "\"\\t 7\\n\", 7",
                "\"\\u00a07\", 7",
                "\"\", 50",
                "\" \", 50",
                "\"-\", 50",
                "\"--7\", 50",
                "\"- 7\", 50",
                "\"7.0\", 50",
                "\"7e1\", 50",
                "\"0x7\", 50",
                "\"1_0\", 50",
                "\"\uff11\", 50",
                "true, 50",
                "null, 50",
                "[], 50",
                "7.99, 7",
                "-7.99, -7",
                "5.114698E4, 51146",
                "9223372036854775808, 9223372036854775807",
                "\"-99999999999999999999\", -9223372036854775808"
            })
    void areReadLenientlyBeforeVersion10(String json, long expected) {
        assertThat(kick("5", json)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {"7, 7", "-7, -7", "\"7\", 50", "7.5, 50", "true, 50"})
    void areIntegersFromVersion10On(String json, long expected) {
        assertThat(kick("10", json)).isEqualTo(expected);
    }

    private static long kick(String version, String json) {
        var room = PduBuilder.room(version);
        var create = room.create("@founder:a.example", "{\"creator\":\"@founder:a.example\"}");
        var event =
                room.state(
                        "m.room.power_levels", "", "@founder:a.example", "{\"kick\":" + json + "}");
        return PowerLevels.of(Optional.of(event), create).kick();
    }
}
