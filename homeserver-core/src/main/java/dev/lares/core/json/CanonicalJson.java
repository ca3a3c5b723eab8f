package dev.lares.core.json;

import tools.jackson.databind.node.ObjectNode;

/// A JSON object that is not changed any more, with its canonical bytes. The tree that it shows
/// must not be modified.
public final class CanonicalJson {
    private final ObjectNode tree;
    private final byte[] bytes;

    private CanonicalJson(ObjectNode tree, byte[] bytes) {
        this.tree = tree;
        this.bytes = bytes;
    }

    /// Takes over the tree; the caller does not change it any more. Throws a
    /// [MatrixException][dev.lares.core.error.MatrixException] with `M_BAD_JSON` where the tree has
    /// no canonical form.
    public static CanonicalJson of(ObjectNode tree, JsonRules rules) {
        return new CanonicalJson(tree, CanonicalJsonWriter.write(tree, rules));
    }

    /// Parses JSON text. `M_NOT_JSON` where it is none, `M_BAD_JSON` where it breaks the rules or
    /// is not an object.
    public static CanonicalJson parse(byte[] utf8, JsonRules rules) {
        return of(JsonText.parseObject(utf8, rules), rules);
    }

    public ObjectNode tree() {
        return tree;
    }

    /// The canonical bytes; not to be modified.
    public byte[] bytes() {
        return bytes;
    }

    public int sizeBytes() {
        return bytes.length;
    }
}
