package dev.lares.core.search;

import dev.lares.core.search.TextTokens.Token;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/// Writes the text forms of PostgreSQL's `tsvector` and `tsquery` from tokens of our own.
final class Lexemes {
    /// Most that a `tsvector` keeps of one lexeme.
    private static final int POSITIONS_MAX = 255;

    private static final int POSITION_MAX = 16_383;

    private Lexemes() {}

    /// A `tsvector` of a room's text. Tokens behind the greatest position that there is are found
    /// by themselves and not in phrases.
    static String vector(long roomNid, List<Token> tokens) {
        var positions = new LinkedHashMap<String, List<Integer>>();
        for (var token : tokens) {
            var ofToken = positions.computeIfAbsent(token.text(), text -> new ArrayList<>());
            // Positions start with 1.
            int position = token.position() + 1;
            if (ofToken.size() < POSITIONS_MAX && position < POSITION_MAX) {
                ofToken.add(position);
            }
        }
        var vector = new StringBuilder(quote(room(roomNid)));
        positions.forEach((text, all) -> {
            vector.append(' ').append(quote(text));
            if (!all.isEmpty()) {
                vector.append(':')
                        .append(all.stream().map(String::valueOf).collect(Collectors.joining(",")));
            }
        });
        return vector.toString();
    }

    /// By which a room's entries are found; no token has this sign.
    static String room(long roomNid) {
        return "#" + roomNid;
    }

    /// A `tsquery` of entries of any of the rooms.
    static String rooms(List<Long> roomNids) {
        return roomNids.stream().map(nid -> quote(room(nid))).collect(Collectors.joining(" | "));
    }

    static String quote(String lexeme) {
        return "'" + lexeme.replace("\\", "\\\\").replace("'", "''") + "'";
    }
}
