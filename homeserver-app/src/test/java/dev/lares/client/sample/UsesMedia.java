package dev.lares.client.sample;

import dev.lares.media.sample.UsedByClient;

/// Breaks the direction of the modules, for `ArchitectureTest`.
public record UsesMedia(UsedByClient media) {}
