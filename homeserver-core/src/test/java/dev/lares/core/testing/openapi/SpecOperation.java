package dev.lares.core.testing.openapi;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// An operation of the specification.
///
/// @param api folder of its file, such as `client-server`
/// @param path in full, with its variables in braces
/// @param auth whether the specification wants a token or a signature
/// @param rateLimited whether the specification names the status 429
/// @param schemas JSON pointers to the schema of each status that has one
public record SpecOperation(
        String api,
        String operationId,
        String method,
        String path,
        Auth auth,
        boolean rateLimited,
        Path file,
        Map<Integer, String> schemas) {
    public SpecOperation {
        schemas = Map.copyOf(schemas);
    }

    /// What a caller has to send.
    public enum Auth {
        NONE,
        OPTIONAL,
        REQUIRED
    }

    /// How files and lists name it, such as `client-server sync`.
    public String name() {
        return api + " " + operationId;
    }

    List<String> segments() {
        return List.of(path.substring(1).split("/", -1));
    }

    /// Whether the raw path of a request is one of this operation's; `r0` stands for `v3`.
    boolean matches(String requestMethod, String rawPath) {
        if (!method.equals(requestMethod)) {
            return false;
        }
        var asked = rawPath.replaceFirst("^/_matrix/client/r0/", "/_matrix/client/v3/");
        var theirs = asked.substring(1).split("/", -1);
        var ours = segments();
        if (theirs.length != ours.size()) {
            return false;
        }
        for (int i = 0; i < theirs.length; i++) {
            boolean variable = ours.get(i).startsWith("{");
            if (!variable && !ours.get(i).equals(theirs[i])) {
                return false;
            }
        }
        return true;
    }

    /// How many segments are fixed: of two operations that match, the one with more is meant.
    long fixedSegments() {
        return segments().stream().filter(segment -> !segment.startsWith("{")).count();
    }
}
