package dev.lares.core.json;

import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import tools.jackson.databind.JsonNode;

/// Numbers in canonical JSON.
final class CanonicalNumbers {
    private static final long INTEGER_MAX = (1L << 53) - 1;

    private CanonicalNumbers() {}

    static MatrixException outOfRange() {
        return new MatrixException(
                ErrorCode.M_BAD_JSON, "Numbers are integers between -(2^53)+1 and (2^53)-1");
    }

    static void requireAllowed(long value, JsonRules rules) {
        if (rules == JsonRules.STRICT && (value > INTEGER_MAX || value < -INTEGER_MAX)) {
            throw outOfRange();
        }
    }

    static void append(JsonNode number, JsonRules rules, JsonOutput out) {
        switch (number.numberType()) {
            case INT -> out.number(number.intValue());
            case LONG -> {
                long value = number.longValue();
                requireAllowed(value, rules);
                out.number(value);
            }
            case BIG_INTEGER -> appendBig(number.bigIntegerValue(), rules, out);
            case FLOAT, DOUBLE, BIG_DECIMAL -> appendFraction(number, rules, out);
        }
    }

    private static void appendBig(BigInteger value, JsonRules rules, JsonOutput out) {
        if (rules == JsonRules.STRICT) {
            if (value.bitLength() > 53) {
                throw outOfRange();
            }
            requireAllowed(value.longValue(), rules);
        }
        out.ascii(value.toString());
    }

    /// Text with a fraction or an exponent does not get through [JsonReader] where the rules are
    /// strict. A tree from elsewhere may hold a number that is an integer in value; that the
    /// specification's last example writes as one (`1e10` becomes `10000000000`).
    private static void appendFraction(JsonNode number, JsonRules rules, JsonOutput out) {
        double value = number.doubleValue();
        switch (rules) {
            case STRICT -> {
                if (value != Math.rint(value) || Math.abs(value) > INTEGER_MAX) {
                    throw outOfRange();
                }
                out.number((long) value);
            }
            case LAX, LAX_NUMBERS -> {
                if (!Double.isFinite(value)) {
                    throw outOfRange();
                }
                out.ascii(pythonRepr(value));
            }
        }
    }

    /// A float as Python's `repr` writes it: the shortest digits that read back as the same number,
    /// with an exponent below 1e-4 and from 1e16 on.
    static String pythonRepr(double value) {
        if (value == 0) {
            return 1 / value < 0 ? "-0.0" : "0.0";
        }
        var shortest = shortest(Math.abs(value));
        String digits = shortest.unscaledValue().toString();
        // The number is 0.DIGITS × 10^point.
        int point = digits.length() - shortest.scale();
        var text = new StringBuilder(24);
        if (value < 0) {
            text.append('-');
        }
        if (point < -3 || point > 16) {
            text.append(digits.charAt(0));
            if (digits.length() > 1) {
                text.append('.').append(digits, 1, digits.length());
            }
            int exponent = point - 1;
            text.append('e').append(exponent < 0 ? '-' : '+');
            if (Math.abs(exponent) < 10) {
                text.append('0');
            }
            return text.append(Math.abs(exponent)).toString();
        }
        if (point <= 0) {
            return text.append("0.").repeat('0', -point).append(digits).toString();
        }
        if (point >= digits.length()) {
            return text.append(digits).repeat('0', point - digits.length()).append(".0").toString();
        }
        return text.append(digits, 0, point)
                .append('.')
                .append(digits, point, digits.length())
                .toString();
    }

    /// [Double#toString] gives the shortest digits, but never fewer than two (4.9E-324, where one
    /// is enough: 5E-324).
    private static BigDecimal shortest(double value) {
        var decimal = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        if (decimal.precision() == 2) {
            var exact = new BigDecimal(value);
            for (var mode :
                    new RoundingMode[] {
                        RoundingMode.HALF_EVEN, RoundingMode.DOWN, RoundingMode.UP
                    }) {
                var oneDigit = exact.round(new MathContext(1, mode));
                if (oneDigit.doubleValue() == value) {
                    return oneDigit.stripTrailingZeros();
                }
            }
        }
        return decimal;
    }
}
