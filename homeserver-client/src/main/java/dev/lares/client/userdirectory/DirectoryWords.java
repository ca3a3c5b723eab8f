package dev.lares.client.userdirectory;

import dev.lares.core.id.UserId;
import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Takes names apart into what they are found by. Case, accents and forms of letters do not count.
/// What is written without spaces is found by each of its parts.
final class DirectoryWords {
    /// Longest word, in characters.
    static final int LENGTH_MAX = 100;

    private static final int WORDS_MAX = 64;
    private static final Pattern MARKS = Pattern.compile("\\p{Mn}+");
    private static final Pattern SPACE = Pattern.compile("\\s+");
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final Set<UnicodeScript> WITHOUT_SPACES =
            EnumSet.of(
                    UnicodeScript.HAN,
                    UnicodeScript.HIRAGANA,
                    UnicodeScript.KATAKANA,
                    UnicodeScript.HANGUL,
                    UnicodeScript.THAI,
                    UnicodeScript.LAO,
                    UnicodeScript.KHMER,
                    UnicodeScript.MYANMAR);

    private DirectoryWords() {}

    /// What a user is found by, at most 64 words.
    static List<String> of(UserId userId, Optional<String> displayName) {
        var words = new LinkedHashSet<String>();
        words.add(cut(fold(userId.value())));
        var localpart = fold(userId.localpart());
        words.add(cut(localpart));
        displayName.map(DirectoryWords::fold).ifPresent(name -> words.add(cut(name)));
        add(words, localpart);
        displayName.map(DirectoryWords::fold).ifPresent(name -> add(words, name));
        words.remove("");
        return words.stream().limit(WORDS_MAX).toList();
    }

    /// The words of what is searched for, each of which a user's words must begin with.
    static List<String> ofSearch(String folded) {
        return BETWEEN_WORDS.splitAsStream(folded).filter(word -> !word.isEmpty()).toList();
    }

    /// One form of what is alike.
    static String fold(String text) {
        var apart = Normalizer.normalize(text, Normalizer.Form.NFKD);
        var plain = MARKS.matcher(apart).replaceAll("").toLowerCase(Locale.ROOT);
        // Hangul syllables are put together again.
        var folded = Normalizer.normalize(plain, Normalizer.Form.NFKC);
        return SPACE.matcher(folded.replace('\0', ' ')).replaceAll(" ").strip();
    }

    private static void add(Set<String> words, String folded) {
        for (var word : ofSearch(folded)) {
            words.add(cut(word));
            if (word.codePoints().anyMatch(DirectoryWords::isWithoutSpaces)) {
                words.addAll(tails(word));
            }
        }
    }

    private static List<String> tails(String word) {
        var tails = new ArrayList<String>();
        for (int i = word.offsetByCodePoints(0, 1);
                i < word.length() && tails.size() < WORDS_MAX;
                i = word.offsetByCodePoints(i, 1)) {
            tails.add(cut(word.substring(i)));
        }
        return tails;
    }

    private static boolean isWithoutSpaces(int codePoint) {
        return WITHOUT_SPACES.contains(UnicodeScript.of(codePoint));
    }

    private static String cut(String word) {
        if (word.length() <= LENGTH_MAX) {
            return word;
        }
        boolean pair = Character.isHighSurrogate(word.charAt(LENGTH_MAX - 1));
        return word.substring(0, pair ? LENGTH_MAX - 1 : LENGTH_MAX);
    }
}
