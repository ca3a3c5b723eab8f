package dev.lares.app.command;

import java.time.Duration;
import org.springframework.boot.convert.DurationStyle;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads durations as settings write them.
final class PositiveDuration implements ITypeConverter<Duration> {
    PositiveDuration() {}

    @Override
    public Duration convert(String text) {
        try {
            var duration = DurationStyle.detectAndParse(text);
            if (duration.isPositive()) {
                return duration;
            }
        } catch (IllegalArgumentException | ArithmeticException e) {
            // Told below.
        }
        throw new TypeConversionException("'" + text + "' is no duration such as 12h or 7d");
    }
}
