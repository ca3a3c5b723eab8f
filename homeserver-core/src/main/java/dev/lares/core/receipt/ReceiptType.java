package dev.lares.core.receipt;

import java.util.Arrays;
import java.util.Optional;

/// The kinds of receipts that the specification knows; the fully-read marker is account data.
public enum ReceiptType {
    READ("m.read"),
    READ_PRIVATE("m.read.private");

    private final String value;

    ReceiptType(String value) {
        this.value = value;
    }

    public static Optional<ReceiptType> find(String value) {
        return Arrays.stream(values()).filter(type -> type.value.equals(value)).findFirst();
    }

    public String value() {
        return value;
    }
}
