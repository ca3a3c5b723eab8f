package dev.lares.core.push;

import java.util.Locale;

/// A [glob](https://spec.matrix.org/v1.19/appendices/#glob-style-matching): `*` stands for any
/// characters, `?` for one. Case does not matter, by Unicode's lower-case forms. Matching costs at
/// most text × pattern steps, whatever the pattern.
final class Glob {
    /// Longer patterns match nothing; a user's rule must not cost more than that.
    static final int LENGTH_MAX = 512;

    private final int[] pattern;

    private Glob(int[] pattern) {
        this.pattern = pattern;
    }

    static Glob of(String pattern) {
        return new Glob(codePoints(pattern.replaceAll("\\*+", "*")));
    }

    /// Whether the whole text fits.
    boolean matches(String text) {
        return pattern.length <= LENGTH_MAX && matches(codePoints(text));
    }

    private boolean matches(int[] text) {
        int p = 0;
        int lastStar = -1;
        int resume = 0;
        int t = 0;
        while (t < text.length) {
            if (p < pattern.length && pattern[p] == '*') {
                lastStar = p++;
                resume = t;
            } else if (p < pattern.length && fits(p, text[t])) {
                p++;
                t++;
            } else if (lastStar >= 0) {
                p = lastStar + 1;
                t = ++resume;
            } else {
                return false;
            }
        }
        return endsAt(p);
    }

    /// Whether a part of the text fits that starts and ends at a word boundary: the start or end of
    /// the text, or a character other than A-Z, a-z, 0-9 and `_`.
    boolean matchesWords(String value) {
        if (pattern.length > LENGTH_MAX) {
            return false;
        }
        int[] text = codePoints(value);
        // reached[p]: the first p characters of the pattern fit a part that ends here.
        var reached = new boolean[pattern.length + 1];
        for (int t = 0; t <= text.length; t++) {
            if (t == 0 || !WordSearch.isWordCharacter(text[t - 1])) {
                reached[0] = true;
            }
            for (int p = 0; p < pattern.length; p++) {
                if (reached[p] && pattern[p] == '*') {
                    reached[p + 1] = true;
                }
            }
            if (reached[pattern.length]
                    && (t == text.length || !WordSearch.isWordCharacter(text[t]))) {
                return true;
            }
            if (t < text.length) {
                step(reached, text[t]);
            }
        }
        return false;
    }

    private void step(boolean[] reached, int character) {
        for (int p = pattern.length; p > 0; p--) {
            boolean star = p < pattern.length && pattern[p] == '*' && reached[p];
            boolean one = pattern[p - 1] != '*' && reached[p - 1] && fits(p - 1, character);
            reached[p] = star || one;
        }
        reached[0] = pattern.length > 0 && pattern[0] == '*' && reached[0];
    }

    private boolean fits(int p, int character) {
        return pattern[p] == character || pattern[p] == '?';
    }

    private boolean endsAt(int p) {
        return p == pattern.length || (p == pattern.length - 1 && pattern[p] == '*');
    }

    private static int[] codePoints(String text) {
        return text.toLowerCase(Locale.ROOT).codePoints().toArray();
    }
}
