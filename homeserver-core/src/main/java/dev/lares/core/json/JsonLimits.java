package dev.lares.core.json;

/// What bounds JSON text before anything else looks at it.
///
/// @param depthMax how deep objects and arrays may stand in one another
/// @param sizeBytesMax the longest text
public record JsonLimits(int depthMax, int sizeBytesMax) {
    /// Bodies of client requests. No client nests deeper; the web layer bounds each endpoint's
    /// bytes more closely than this.
    public static final JsonLimits CLIENT = new JsonLimits(100, 16 << 20);

    /// Events. An event that others accept and we refuse tears a hole into the room's graph, so
    /// they get as deep as what reads our answers can go: 500 is the limit of Jackson's own parsers
    /// and writers. The text may be longer than the 65,536 bytes of its canonical form, since
    /// `\u0000` escapes and spaces go.
    public static final JsonLimits EVENT = new JsonLimits(500, 1 << 20);
}
