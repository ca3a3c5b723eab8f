package dev.lares.core.push;

/// The kinds of rules, in the order in which they are checked.
public enum PushRuleKind {
    OVERRIDE("override"),
    CONTENT("content"),
    ROOM("room"),
    SENDER("sender"),
    UNDERRIDE("underride");

    private final String id;

    PushRuleKind(String id) {
        this.id = id;
    }

    /// As in paths and JSON.
    public String id() {
        return id;
    }
}
