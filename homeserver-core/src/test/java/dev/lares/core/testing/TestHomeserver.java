package dev.lares.core.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/// A server that runs in this process, and a client of it that has no access token.
public final class TestHomeserver extends TestCaller implements AutoCloseable {
    /// Where the app module is on the class path, tests start what users start.
    private static final String APPLICATION = "dev.lares.app.LaresApplication";

    private static final AtomicLong USERS = new AtomicLong();
    private static final String PASSWORD = "correct horse battery staple";

    private final ServletWebServerApplicationContext context;
    private final TestDatabase database;

    private TestHomeserver(
            ServletWebServerApplicationContext context,
            TestDatabase database,
            TestTransport transport,
            Map<String, String> headers) {
        super(transport, headers);
        this.context = context;
        this.database = database;
    }

    /// Starts a server on this database, which is dropped with it: a second one on the same
    /// database is a replica, see [#replica].
    ///
    /// @param properties as `key=value`
    /// @param with configuration classes beside the modules
    public static TestHomeserver start(
            TestDatabase database, List<String> properties, List<Class<?>> with) {
        var arguments = new ArrayList<String>();
        // A value that is given twice would become a list of both.
        DEFAULTS.stream()
                .filter(standard -> properties.stream().noneMatch(own -> sameKey(own, standard)))
                .forEach(property -> arguments.add("--" + property));
        arguments.add("--spring.datasource.url=" + database.jdbcUrl());
        arguments.add("--spring.datasource.username=" + database.username());
        arguments.add("--spring.datasource.password=" + database.password());
        properties.forEach(property -> arguments.add("--" + property));
        var sources = new ArrayList<Class<?>>(with);
        sources.add(application());
        var context =
                (ServletWebServerApplicationContext)
                        new SpringApplicationBuilder(sources.toArray(Class<?>[]::new))
                                .initializers(TestHomeserver::excludeTestClasses)
                                .run(arguments.toArray(String[]::new));
        int port = context.getWebServer().getPort();
        return new TestHomeserver(context, database, new TestTransport(port), Map.of());
    }

    private static final List<String> DEFAULTS =
            List.of(
                    "lares.http.address=127.0.0.1",
                    "lares.http.port=0",
                    "management.server.port=-1",
                    // Several servers share one PostgreSQL in a run.
                    "spring.datasource.hikari.maximum-pool-size=8",
                    "spring.datasource.hikari.minimum-idle=0",
                    "spring.datasource.hikari.idle-timeout=10000",
                    "lares.ratelimit.enabled=false",
                    "lares.registration.mode=open",
                    "lares.password.hash-memory-kib=64",
                    "lares.password.hash-iterations=1");

    private static boolean sameKey(String one, String other) {
        return one.substring(0, one.indexOf('=')).equals(other.substring(0, other.indexOf('=')));
    }

    private static void excludeTestClasses(ConfigurableApplicationContext context) {
        context.getBeanFactory()
                .registerSingleton("testClassesExcluded", new TestClassesExcluded());
    }

    private static Class<?> application() {
        try {
            return Class.forName(APPLICATION);
        } catch (ClassNotFoundException e) {
            return TestApplication.class;
        }
    }

    /// Registers a user with this localpart and a suffix that nobody else has.
    public TestUser register(String name) {
        var localpart = name + "-" + USERS.incrementAndGet();
        var request = Map.of("username", localpart, "password", PASSWORD);
        var response = post("/_matrix/client/v3/register", request);
        if (response.status() == 401) {
            var auth = Map.of("type", "m.login.dummy", "session", response.string("/session"));
            response =
                    post(
                            "/_matrix/client/v3/register",
                            Map.of("username", localpart, "password", PASSWORD, "auth", auth));
        }
        return TestUser.of(this, PASSWORD, response);
    }

    /// The same server by another name: its requests carry this `Host`.
    public TestHomeserver onHost(String host) {
        return new TestHomeserver(context, database, transport(), Map.of("Host", host));
    }

    /// The same server for tests that send very many requests: their answers are not held against
    /// the specification, which takes longer than to answer them.
    public TestHomeserver unobserved() {
        return new TestHomeserver(context, database, transport().unobserved(), headers());
    }

    /// A second server on the same database. To be [stopped][#stop] before this one is closed,
    /// which drops the database.
    public TestHomeserver replica(List<String> properties) {
        return start(database, properties, List.of());
    }

    public int port() {
        return transport().port();
    }

    /// A bean of the running server, for what cannot be said over HTTP.
    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public TestDatabase database() {
        return database;
    }

    /// Stops the server and leaves its database.
    public void stop() {
        context.close();
    }

    @Override
    public void close() {
        context.close();
        database.close();
    }
}
