package dev.lares.core.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// A JSON object that is not changed any more, with its canonical bytes. The tree that it shows
/// must not be modified. Two are equal when their bytes are.
public final class CanonicalJson {
    private final byte[] bytes;

    /// Two threads may both parse it; either tree will do.
    private volatile @Nullable ObjectNode tree;

    private CanonicalJson(@Nullable ObjectNode tree, byte[] bytes) {
        this.tree = tree;
        this.bytes = bytes;
    }

    /// Takes over the tree; the caller does not change it any more. Throws a
    /// [MatrixException][dev.lares.core.error.MatrixException] with `M_BAD_JSON` where the tree has
    /// no canonical form.
    public static CanonicalJson of(ObjectNode tree, JsonRules rules) {
        return new CanonicalJson(tree, CanonicalJsonWriter.write(tree, rules));
    }

    /// Parses JSON text within [JsonLimits#EVENT]. `M_NOT_JSON` where it is none, `M_BAD_JSON`
    /// where it breaks the rules or is not an object, `M_TOO_LARGE` where it is too long.
    public static CanonicalJson parse(byte[] utf8, JsonRules rules) {
        return of(JsonText.parseObject(utf8, rules, JsonLimits.EVENT), rules);
    }

    /// What [#bytes()] gave once and storage kept: neither checked nor parsed before somebody asks
    /// for the tree.
    public static CanonicalJson stored(byte[] canonicalBytes) {
        return new CanonicalJson(null, canonicalBytes);
    }

    public ObjectNode tree() {
        var known = tree;
        if (known == null) {
            known = JsonText.parseObject(bytes, JsonRules.LAX, JsonLimits.EVENT);
            tree = known;
        }
        return known;
    }

    /// The canonical bytes; not to be modified.
    public byte[] bytes() {
        return bytes;
    }

    public int sizeBytes() {
        return bytes.length;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CanonicalJson json && Arrays.equals(bytes, json.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
