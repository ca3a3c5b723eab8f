package dev.lares.core.search;

import com.ibm.icu.text.BreakIterator;
import com.ibm.icu.text.Normalizer2;
import com.ibm.icu.util.ULocale;
import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Takes text apart into what is indexed and looked for: words as [UAX
/// #29](https://www.unicode.org/reports/tr29/) and ICU's dictionaries know them, without regard to
/// case and compatibility forms. Where words are written without spaces and a dictionary breaks the
/// same sentence now so and now so, each character is a token, and what is adjacent is so by its
/// positions.
final class TextTokens {
    /// Longer words are cut.
    private static final int LENGTH_MAX = 64;

    private static final Normalizer2 FOLDING = Normalizer2.getNFKCCasefoldInstance();

    private static final Set<UnicodeScript> WITHOUT_SPACES =
            EnumSet.of(
                    UnicodeScript.HAN,
                    UnicodeScript.HIRAGANA,
                    UnicodeScript.KATAKANA,
                    UnicodeScript.HANGUL,
                    UnicodeScript.BOPOMOFO);

    private final List<Token> tokens = new ArrayList<>();
    private final int max;
    private int position;

    private TextTokens(int max) {
        this.max = max;
    }

    /// A token.
    ///
    /// @param position the next word's is one more; between what is not adjacent there is a gap
    record Token(String text, Kind kind, int position) {}

    enum Kind {
        WORD,
        /// One of a word that is written without spaces around it.
        CHARACTER
    }

    /// The first tokens of a text.
    static List<Token> of(String text, int max) {
        var found = new TextTokens(max);
        found.read(FOLDING.normalize(text));
        return List.copyOf(found.tokens);
    }

    private void read(String text) {
        var words = BreakIterator.getWordInstance(ULocale.ROOT);
        words.setText(text);
        int from = words.first();
        for (int to = words.next(); to != BreakIterator.DONE; to = words.next()) {
            if (tokens.size() >= max) {
                return;
            }
            if (words.getRuleStatus() >= BreakIterator.WORD_NONE_LIMIT) {
                add(text.substring(from, to));
            } else {
                position++; // spaces and signs are a gap
            }
            from = to;
        }
    }

    /// A word may mix scripts, as Korean and Latin letters without a space between.
    private void add(String word) {
        int from = 0;
        for (int at = 0; at < word.length(); ) {
            int codePoint = word.codePointAt(at);
            int next = at + Character.charCount(codePoint);
            var before = at > 0 && from == at ? Before.CHARACTER : Before.OTHER;
            if (standsAlone(codePoint, before)) {
                addWord(word.substring(from, at));
                tokens.add(new Token(word.substring(at, next), Kind.CHARACTER, position++));
                from = next;
            }
            at = next;
        }
        addWord(word.substring(from));
    }

    /// Marks that several scripts share go with what they follow.
    private static boolean standsAlone(int codePoint, Before before) {
        var script = UnicodeScript.of(codePoint);
        return WITHOUT_SPACES.contains(script)
                || (before == Before.CHARACTER
                        && (script == UnicodeScript.COMMON || script == UnicodeScript.INHERITED));
    }

    /// What a code point follows in its word.
    private enum Before {
        CHARACTER,
        OTHER
    }

    private void addWord(String word) {
        if (!word.isEmpty()) {
            int end = Math.min(word.length(), LENGTH_MAX);
            if (Character.isHighSurrogate(word.charAt(end - 1))) {
                end--;
            }
            if (end > 0) {
                tokens.add(new Token(word.substring(0, end), Kind.WORD, position++));
            }
        }
    }
}
