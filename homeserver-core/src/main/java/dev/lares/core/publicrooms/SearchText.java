package dev.lares.core.publicrooms;

import dev.lares.core.id.RoomAlias;
import dev.lares.core.roompreview.RoomPreview;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Text as it is searched: so that a search finds it however it is capitalised and composed,
/// whatever the database's locale is.
final class SearchText {
    /// What is searched of one room; a long topic's end is not found.
    private static final int LENGTH_MAX = 10_000;

    private SearchText() {}

    static String of(RoomPreview preview) {
        var text =
                Stream.of(
                                preview.name(),
                                preview.canonicalAlias().map(RoomAlias::value),
                                preview.topic())
                        .flatMap(Optional::stream)
                        .collect(Collectors.joining("\n"));
        return of(text.length() > LENGTH_MAX ? text.substring(0, LENGTH_MAX) : text);
    }

    static String of(String text) {
        return storable(Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT));
    }

    /// Without what PostgreSQL keeps in no text: NUL and halves of surrogate pairs.
    static String storable(String text) {
        var kept = new StringBuilder(text.length());
        text.codePoints()
                .filter(point ->
                        point != 0
                                && (point < Character.MIN_SURROGATE
                                        || point > Character.MAX_SURROGATE))
                .forEach(kept::appendCodePoint);
        return kept.toString();
    }
}
