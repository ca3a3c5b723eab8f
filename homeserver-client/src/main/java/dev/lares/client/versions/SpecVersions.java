package dev.lares.client.versions;

import java.util.List;

/// The versions of the specification that are advertised.
///
/// Clients test for single versions, so each is listed, and no client starts where none is: mautrix
/// wants v1.4 at least, the JavaScript SDK one of v1.1 to v1.13. Some take a version as proof that
/// everything in it is there, which is why the list ends where it does: v1.11 moves clients to
/// authenticated media, from v1.15 on they choose stable paths of endpoints that we do not have
/// yet.
final class SpecVersions {
    static final List<String> ALL =
            List.of(
                    "r0.0.1", "r0.1.0", "r0.2.0", "r0.3.0", "r0.4.0", "r0.5.0", "r0.6.0", "r0.6.1",
                    "v1.1", "v1.2", "v1.3", "v1.4", "v1.5", "v1.6", "v1.7", "v1.8", "v1.9", "v1.10",
                    "v1.11", "v1.12");

    private SpecVersions() {}
}
