package dev.lares.core.push;

/// Looks for a text between word boundaries: the start or end of the whole, or a character other
/// than A-Z, a-z, 0-9 and `_`.
final class WordSearch {
    private WordSearch() {}

    static boolean contains(String text, String words) {
        for (int from = text.indexOf(words); from >= 0; from = text.indexOf(words, from + 1)) {
            int to = from + words.length();
            if ((from == 0 || !isWordCharacter(text.charAt(from - 1)))
                    && (to == text.length() || !isWordCharacter(text.charAt(to)))) {
                return true;
            }
        }
        return false;
    }

    static boolean isWordCharacter(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '_';
    }
}
