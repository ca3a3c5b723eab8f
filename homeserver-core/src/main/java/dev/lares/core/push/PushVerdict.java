package dev.lares.core.push;

/// What an event is to a user.
public enum PushVerdict {
    NOTHING(0, 0),
    NOTIFY(1, 0),
    /// Notifies and is shown as important.
    HIGHLIGHT(1, 1);

    private final int notifies;
    private final int highlights;

    PushVerdict(int notifies, int highlights) {
        this.notifies = notifies;
        this.highlights = highlights;
    }

    /// What it adds to the count of notifications.
    public int notifies() {
        return notifies;
    }

    /// What it adds to the count of highlights.
    public int highlights() {
        return highlights;
    }
}
