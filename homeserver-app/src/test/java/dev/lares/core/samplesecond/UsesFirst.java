package dev.lares.core.samplesecond;

import dev.lares.core.samplefirst.UsesSecond;

/// The other half of a cycle of packages, for `ArchitectureTest`.
public record UsesFirst(UsesSecond other) {}
