package dev.lares.core.backup;

/// Counts what is done and tells it now and then.
final class ProgressMeter {
    private static final long TELL_EVERY_BYTES = 1 << 18;
    private static final int WHOLE = 100;

    private final BackupProgress progress;
    private final long expectedBytes;
    private String table = "";
    private long rowsBefore;
    private long rows;
    private long bytes;
    private long toldBytes;
    private int percent;

    /// @param expectedBytes of all tables, perhaps estimated
    ProgressMeter(BackupProgress progress, long expectedBytes) {
        this.progress = progress;
        this.expectedBytes = expectedBytes;
    }

    void begin(String name) {
        table = name;
        rowsBefore = rows;
        tell();
    }

    void add(long moreRows, long moreBytes) {
        rows += moreRows;
        bytes += moreBytes;
        if (bytes - toldBytes >= TELL_EVERY_BYTES) {
            tell();
        }
    }

    /// @param tableRows how many the table had, where they were not counted on the way
    void end(long tableRows) {
        rows = rowsBefore + tableRows;
        tell();
    }

    /// Never goes back, and 100 only where all is done.
    private void tell() {
        toldBytes = bytes;
        long now = expectedBytes == 0 ? WHOLE : bytes * WHOLE / expectedBytes;
        percent = Math.clamp(now, percent, WHOLE);
        progress.at(new BackupProgress.Step(table, rows, bytes, percent));
    }
}
