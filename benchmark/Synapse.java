import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Starts Synapse, one process, with its defaults except: no rate limits, no presence (Lares has
/// none yet), no federation, room version 12, cheap password hashes (nothing that is measured hashes
/// one), the connection pool that its documentation suggests.
final class Synapse {
    private static final String DATABASE = "synapse_benchmark";
    private static final String PASSWORD = "benchmark";
    private static final List<String> LIMITS =
            List.of(
                    "rc_message",
                    "rc_registration",
                    "rc_joins_per_room",
                    "rc_room_creation",
                    "rc_admin_redaction");

    private Synapse() {}

    static Server start(Options options, Postgres postgres) throws Exception {
        postgres.createUnlessThere(DATABASE, PASSWORD);
        var home = Files.createDirectories(options.work().resolve("synapse"));
        int port = Postgres.freePort();
        Files.writeString(home.resolve("log.yaml"), LOGGING);
        var configuration = home.resolve("homeserver.yaml");
        Files.writeString(configuration, configuration(home, port, postgres));
        var python = options.synapse().orElseThrow().resolve("bin/python").toString();
        if (Files.notExists(home.resolve("signing.key"))) {
            run(
                    home,
                    List.of(
                            python,
                            "-m",
                            MODULE,
                            "-c",
                            configuration.toString(),
                            "--generate-keys"));
        }
        var process = launch(home, List.of(python, "-m", MODULE, "-c", configuration.toString()));
        return Server.awaited(
                        ServerKind.SYNAPSE,
                        version(python),
                        DATABASE,
                        URI.create("http://127.0.0.1:" + port),
                        process);
    }

    private static final String MODULE = "synapse.app.homeserver";

    private static final String LOGGING =
            """
            version: 1
            formatters: {plain: {format: '%(asctime)s %(levelname)s %(name)s %(message)s'}}
            handlers: {console: {class: logging.StreamHandler, formatter: plain}}
            root: {level: WARNING, handlers: [console]}
            """;

    private static String configuration(Path home, int port, Postgres postgres) {
        var text = new StringBuilder();
        text.append(
                """
                server_name: localhost
                listeners:
                  - {port: %d, type: http, bind_addresses: ['127.0.0.1'], resources: [{names: [client]}]}
                database:
                  name: psycopg2
                  args: {host: %s, port: %d, user: %s, password: %s, dbname: %s, cp_min: 5, cp_max: 10}
                log_config: %s
                signing_key_path: %s
                media_store_path: %s
                pid_file: %s
                registration_shared_secret: %s
                macaroon_secret_key: benchmark
                form_secret: benchmark
                report_stats: false
                presence: {enabled: false}
                federation_domain_whitelist: []
                trusted_key_servers: []
                suppress_key_server_warning: true
                default_room_version: '12'
                bcrypt_rounds: 4
                """
                        .formatted(
                                port,
                                postgres.host(),
                                postgres.port(),
                                DATABASE,
                                PASSWORD,
                                DATABASE,
                                home.resolve("log.yaml"),
                                home.resolve("signing.key"),
                                home.resolve("media"),
                                home.resolve("synapse.pid"),
                                Accounts.SHARED_SECRET));
        for (var limit : LIMITS) {
            text.append(limit).append(": ").append(UNLIMITED).append('\n');
        }
        text.append(
                "rc_login: {address: %s, account: %s, failed_attempts: %s}\n"
                        .formatted(UNLIMITED, UNLIMITED, UNLIMITED));
        text.append("rc_joins: {local: %s, remote: %s}\n".formatted(UNLIMITED, UNLIMITED));
        text.append(
                "rc_invites: {per_room: %s, per_user: %s, per_issuer: %s}\n"
                        .formatted(UNLIMITED, UNLIMITED, UNLIMITED));
        return text.toString();
    }

    private static final String UNLIMITED = "{per_second: 1000000, burst_count: 1000000}";

    private static Process launch(Path home, List<String> command) throws Exception {
        return new ProcessBuilder(new ArrayList<>(command))
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(home.resolve("synapse.log").toFile()))
                .start();
    }

    private static void run(Path home, List<String> command) throws Exception {
        if (launch(home, command).waitFor() != 0) {
            throw new IllegalStateException(command + " failed; see synapse.log");
        }
    }

    private static String version(String python) throws Exception {
        var process =
                new ProcessBuilder(
                                python,
                                "-c",
                                "from importlib.metadata import version as v;"
                                        + " print(v('matrix-synapse'))")
                        .start();
        return new String(process.getInputStream().readAllBytes()).strip();
    }
}
