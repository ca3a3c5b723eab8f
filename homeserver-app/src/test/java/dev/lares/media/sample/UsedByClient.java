package dev.lares.media.sample;

/// What a class of another feature module must not use, for `ArchitectureTest`.
public record UsedByClient() {}
