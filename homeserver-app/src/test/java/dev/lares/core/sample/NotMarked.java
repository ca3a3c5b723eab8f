package dev.lares.core.sample;

/// Its package has no `package-info.java`, for `ArchitectureTest`.
public record NotMarked() {}
