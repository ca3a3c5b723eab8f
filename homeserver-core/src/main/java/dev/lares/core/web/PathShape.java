package dev.lares.core.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.PathContainer.PathSegment;

/// What can be told of a path pattern without matching it: how many elements its paths have, and
/// which of them are fixed. Rules out nearly all endpoints at the cost of a few comparisons, where
/// matching them one by one is the dearest part of routing.
final class PathShape {
    private static final Pattern LITERAL = Pattern.compile("[A-Za-z0-9._~-]+");
    private static final Pattern VARIABLE = Pattern.compile("\\{[A-Za-z0-9]+}");

    /// A slash or a segment each; null where any segment fits.
    private final @Nullable String[] elements;

    private PathShape(@Nullable String[] elements) {
        this.elements = elements;
    }

    /// Empty for a pattern with wildcards, of which nothing can be told.
    static Optional<PathShape> of(String pattern) {
        var elements = new ArrayList<@Nullable String>();
        for (var segment : pattern.substring(1).split("/", -1)) {
            elements.add("/");
            if (LITERAL.matcher(segment).matches()) {
                elements.add(segment);
            } else if (VARIABLE.matcher(segment).matches()) {
                elements.add(null);
            } else if (!segment.isEmpty()) {
                return Optional.empty();
            }
        }
        return Optional.of(new PathShape(elements.toArray(String[]::new)));
    }

    /// The elements of a request's path, decoded as patterns see them.
    static String[] elementsOf(PathContainer path) {
        List<PathContainer.Element> elements = path.elements();
        var values = new String[elements.size()];
        for (int i = 0; i < values.length; i++) {
            var element = elements.get(i);
            values[i] =
                    element instanceof PathSegment segment
                            ? segment.valueToMatch()
                            : element.value();
        }
        return values;
    }

    /// False only where the pattern does not match. From the end, where paths differ most.
    boolean mayMatch(String[] path) {
        if (path.length != elements.length) {
            return false;
        }
        for (int i = path.length - 1; i >= 0; i--) {
            var expected = elements[i];
            if (expected != null && !expected.equals(path[i])) {
                return false;
            }
        }
        return true;
    }
}
