package dev.lares.core.state;

/// How lines may grow. The rules, and what simpler ones cost, are in the design, section 3.5.
///
/// @param depthSoft deeper lines copy their parent where it is small
/// @param depthMax no line stands deeper: each level is a probe of every lookup
/// @param depthRoom how deep a line stands after room was made for it
/// @param renewalFactor a root is copied when it holds this many times its live keys
/// @param renewalMin rows below which a root is not worth copying
record LineLimits(int depthSoft, int depthMax, int depthRoom, int renewalFactor, int renewalMin) {
    static final LineLimits DEFAULT = new LineLimits(8, 32, 24, 4, 4096);
}
