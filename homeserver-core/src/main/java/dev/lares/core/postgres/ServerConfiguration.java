package dev.lares.core.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The two files that PostgreSQL is configured with, written anew at each start.
final class ServerConfiguration {
    /// What may not be otherwise, whoever set it: nothing acknowledged is lost, nobody connects
    /// without a password, nobody from outside.
    static final Map<String, String> REQUIRED =
            Map.of(
                    "fsync", "on",
                    "full_page_writes", "on",
                    "synchronous_commit", "on",
                    "listen_addresses", "127.0.0.1",
                    "unix_socket_directories", "",
                    "password_encryption", "scram-sha-256");

    private static final String ACCESS =
            """
            # Written at each start. Only from this machine, only with a password.
            host all         all 127.0.0.1/32 scram-sha-256
            host replication all 127.0.0.1/32 scram-sha-256
            """;

    private ServerConfiguration() {}

    static void write(BundledPostgresSettings settings, int port) throws IOException {
        var data = settings.dataDirectory();
        Files.writeString(data.resolve("pg_hba.conf"), ACCESS, UTF_8);
        Files.writeString(
                data.resolve("postgresql.conf"),
                """
                # Written at each start. Settings of your own belong into operator.conf in the folder above;
                # what stands below its inclusion cannot be changed.
                %s
                include_if_exists = '%s'
                %s
                """
                        .formatted(
                                lines(defaults(settings)),
                                quoted(settings.directory().resolve("operator.conf")),
                                lines(fixed(settings, port))),
                UTF_8);
    }

    private static Map<String, String> defaults(BundledPostgresSettings settings) {
        var defaults = new LinkedHashMap<String, String>();
        defaults.put("max_connections", Integer.toString(settings.connectionsMax()));
        defaults.put("shared_buffers", settings.sharedBuffers().toMegabytes() + "MB");
        defaults.put("max_wal_size", settings.walSizeMax().toMegabytes() + "MB");
        defaults.put("checkpoint_timeout", "15min");
        // Long checkpoint intervals write most pages whole: compression pays. This build has no
        // lz4.
        defaults.put("wal_compression", "pglz");
        defaults.put("jit", "off");
        defaults.put("log_line_prefix", "%m [%p] %u ");
        defaults.put("log_min_duration_statement", "1s");
        defaults.put("timezone", "UTC");
        defaults.put("log_timezone", "UTC");
        defaults.put("lc_messages", "C");
        return defaults;
    }

    private static Map<String, String> fixed(BundledPostgresSettings settings, int port) {
        var fixed = new LinkedHashMap<String, String>();
        fixed.putAll(new TreeMap<>(REQUIRED));
        fixed.put("port", Integer.toString(port));
        // Else postgresql.auto.conf, which is read last, could undo what stands here.
        fixed.put("allow_alter_system", "off");
        // A week of logs, each day's file overwritten a week later.
        fixed.put("logging_collector", "on");
        fixed.put("log_directory", settings.logDirectory().toString());
        fixed.put("log_filename", "server-%a.log");
        fixed.put("log_file_mode", "0600");
        fixed.put("log_truncate_on_rotation", "on");
        fixed.put("log_rotation_age", "1d");
        fixed.put("log_rotation_size", "0");
        return fixed;
    }

    private static String lines(Map<String, String> values) {
        return values.entrySet().stream()
                .map(entry -> entry.getKey() + " = '" + quoted(entry.getValue()) + "'")
                .collect(Collectors.joining("\n"));
    }

    private static String quoted(Object value) {
        return value.toString().replace("'", "''");
    }
}
