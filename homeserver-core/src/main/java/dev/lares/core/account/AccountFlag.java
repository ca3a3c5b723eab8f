package dev.lares.core.account;

/// What an administrator may switch on an account.
public enum AccountFlag {
    ADMIN("admin"),
    LOCKED("lock"),
    SUSPENDED("suspend");

    /// To what it is switched.
    public enum Setting {
        ON,
        OFF
    }

    private final String change;

    AccountFlag(String change) {
        this.change = change;
    }

    /// The change's name in the log's stream.
    String change() {
        return change;
    }
}
