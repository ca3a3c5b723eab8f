/// Whom we measure.
enum ServerKind {
    LARES("Lares"),
    SYNAPSE("Synapse");

    private final String title;

    ServerKind(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /// As in names of files and databases.
    String key() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
