import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What a scenario works with: the started server, PostgreSQL and the options.
final class Bench implements AutoCloseable {
    private final Options options;
    private final Postgres postgres;
    private final long postgresPid;
    private final List<Server> servers = new ArrayList<>();

    Bench(Options options, Postgres postgres, Server server) throws Exception {
        this.options = options;
        this.postgres = postgres;
        this.postgresPid = postgres.pid();
        servers.add(server);
    }

    Options options() {
        return options;
    }

    Postgres postgres() {
        return postgres;
    }

    long postgresPid() {
        return postgresPid;
    }

    Server server() {
        return servers.getFirst();
    }

    List<Server> servers() {
        return List.copyOf(servers);
    }

    /// A replica of the server, on the same database.
    Server startAnother() throws Exception {
        var other = Server.start(server().kind(), options, postgres);
        servers.add(other);
        return other;
    }

    /// Ends all that runs, and starts one from other files, with more options for its JVM.
    Server startInstead(Path jar, List<String> moreJavaOptions) throws Exception {
        for (var server : servers) {
            server.close();
        }
        servers.clear();
        servers.add(
                Server.start(ServerKind.LARES, options.with(jar, moreJavaOptions), postgres));
        return server();
    }

    MatrixClient client(String token) {
        return new MatrixClient(server().url(), token);
    }

    void say(String what) {
        System.out.printf("    %s%n", what);
    }

    @Override
    public void close() throws Exception {
        for (var server : servers) {
            server.close();
        }
    }
}
