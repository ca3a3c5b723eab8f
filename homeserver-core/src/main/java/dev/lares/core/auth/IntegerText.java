package dev.lares.core.auth;

import java.math.BigInteger;
import java.util.OptionalLong;

/// Integers as strings: white space, a sign, decimal digits, white space.
final class IntegerText {
    private static final BigInteger MAX = BigInteger.valueOf(Long.MAX_VALUE);
    private static final BigInteger MIN = BigInteger.valueOf(Long.MIN_VALUE);
    private static final int DIGITS_OF_LONG_SAFE = 18;

    private IntegerText() {}

    static OptionalLong parse(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isWhiteSpace(text.charAt(start))) {
            start++;
        }
        while (end > start && isWhiteSpace(text.charAt(end - 1))) {
            end--;
        }
        var number = text.substring(start, end);
        int digits = number.startsWith("+") || number.startsWith("-") ? 1 : 0;
        if (digits == number.length()) {
            return OptionalLong.empty();
        }
        for (int i = digits; i < number.length(); i++) {
            // Digits of other scripts are digits to Java, but not to the specification.
            if (number.charAt(i) < '0' || number.charAt(i) > '9') {
                return OptionalLong.empty();
            }
        }
        return number.length() - digits <= DIGITS_OF_LONG_SAFE
                ? OptionalLong.of(Long.parseLong(number))
                : OptionalLong.of(new BigInteger(number).min(MAX).max(MIN).longValue());
    }

    private static boolean isWhiteSpace(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u0085';
    }
}
