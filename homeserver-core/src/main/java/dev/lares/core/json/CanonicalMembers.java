package dev.lares.core.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Walks over the members of a canonical object's bytes without parsing them, so that ready JSON
/// can be cut out and put together anew.
public final class CanonicalMembers {
    private final byte[] json;
    private int at = 1;
    private int nameFrom;
    private int nameTo;
    private int valueFrom;

    /// @param canonicalObject what [CanonicalJson#bytes()] gives
    public CanonicalMembers(byte[] canonicalObject) {
        this.json = canonicalObject;
    }

    /// Moves to the next member; false behind the last one.
    public boolean next() {
        if (json[at] == ',') {
            at++;
        }
        if (json[at] != '"') {
            return false;
        }
        nameFrom = at + 1;
        skipString();
        nameTo = at - 1;
        at++; // the colon
        valueFrom = at;
        skipValue();
        return true;
    }

    /// Whether the present member has that name.
    public boolean isNamed(byte[] asciiName) {
        return Arrays.equals(json, nameFrom, nameTo, asciiName, 0, asciiName.length);
    }

    /// The name as it stands in the JSON, with its escapes.
    public String name() {
        return new String(json, nameFrom, nameTo - nameFrom, StandardCharsets.UTF_8);
    }

    public int valueFrom() {
        return valueFrom;
    }

    /// Behind the value's last byte.
    public int valueTo() {
        return at;
    }

    private void skipString() {
        at++;
        while (json[at] != '"') {
            at += json[at] == '\\' ? 2 : 1;
        }
        at++;
    }

    private void skipValue() {
        int depth = 0;
        while (true) {
            switch (json[at]) {
                case '"' -> {
                    skipString();
                    if (depth == 0) {
                        return;
                    }
                }
                case '{', '[' -> {
                    depth++;
                    at++;
                }
                case '}', ']' -> {
                    if (depth == 0) {
                        return; // a number or word that ends the object
                    }
                    at++;
                    if (--depth == 0) {
                        return;
                    }
                }
                case ',' -> {
                    if (depth == 0) {
                        return;
                    }
                    at++;
                }
                default -> at++;
            }
        }
    }
}
