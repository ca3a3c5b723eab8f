package dev.lares.core.samplefirst;

import dev.lares.core.samplesecond.UsesFirst;

/// One half of a cycle of packages, for `ArchitectureTest`.
public record UsesSecond(UsesFirst other) {}
