package dev.lares.core.search;

import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.search.TextTokens.Kind;
import dev.lares.core.search.TextTokens.Token;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Collectors;

/// What is searched for: events that have all of its words, or words that begin with them.
///
/// @param query of PostgreSQL; empty where the term has no word
/// @param highlights the words
public record SearchTerm(String query, List<String> highlights) {
    private static final int LENGTH_MAX = 1000;
    private static final int TOKENS_MAX = 40;

    /// Shorter words are only found as they are.
    private static final int PREFIX_LENGTH_MIN = 3;

    public SearchTerm {
        highlights = List.copyOf(highlights);
    }

    /// `M_INVALID_PARAM` above 1,000 characters. Words beyond the 40th are not looked for.
    public static SearchTerm of(String text) {
        if (text.length() > LENGTH_MAX) {
            throw new MatrixException(
                    ErrorCode.M_INVALID_PARAM, "'search_term' has at most 1000 characters");
        }
        var parts = new LinkedHashSet<String>();
        var highlights = new LinkedHashSet<String>();
        for (var phrase : phrases(TextTokens.of(text, TOKENS_MAX))) {
            parts.add(phrase.stream().map(SearchTerm::part).collect(Collectors.joining(" <-> ")));
            highlights.add(phrase.stream().map(Token::text).collect(Collectors.joining()));
        }
        return new SearchTerm(
                parts.stream().map(part -> "(" + part + ")").collect(Collectors.joining(" & ")),
                List.copyOf(highlights));
    }

    public boolean isEmpty() {
        return query.isEmpty();
    }

    /// Adjacent characters belong together; a word is by itself.
    private static List<List<Token>> phrases(List<Token> tokens) {
        var phrases = new ArrayList<List<Token>>();
        for (var token : tokens) {
            var last = phrases.isEmpty() ? null : phrases.getLast().getLast();
            if (last != null
                    && last.kind() == Kind.CHARACTER
                    && token.kind() == Kind.CHARACTER
                    && token.position() == last.position() + 1) {
                phrases.getLast().add(token);
            } else {
                var phrase = new ArrayList<Token>();
                phrase.add(token);
                phrases.add(phrase);
            }
        }
        return phrases;
    }

    private static String part(Token token) {
        var quoted = Lexemes.quote(token.text());
        boolean prefix =
                token.kind() == Kind.WORD
                        && token.text().codePointCount(0, token.text().length())
                                >= PREFIX_LENGTH_MIN;
        return prefix ? quoted + ":*" : quoted;
    }
}
