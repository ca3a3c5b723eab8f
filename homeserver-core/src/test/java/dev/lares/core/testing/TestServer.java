package dev.lares.core.testing;

import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/// A PostgreSQL on which tests may make and drop databases.
///
/// @param address host, port and parameters of the connection
/// @param maintenanceDatabase is there always and is only connected to in order to make others
record TestServer(URI address, String user, String password, String maintenanceDatabase) {

    /// From `jdbc:postgresql://host:port/database?user=…&password=…`.
    static TestServer parse(String jdbcUrl) {
        if (!jdbcUrl.startsWith("jdbc:postgresql://")) {
            throw new IllegalArgumentException(
                    "TEST_DATABASE_URL must look like jdbc:postgresql://host:5432/database?user=name&password=secret");
        }
        var uri = URI.create(jdbcUrl.substring("jdbc:".length()));
        var parameters = parameters(uri);
        return new TestServer(
                uri,
                parameters.getOrDefault("user", "postgres"),
                parameters.getOrDefault("password", ""),
                uri.getPath().substring(1));
    }

    private static Map<String, String> parameters(URI uri) {
        var query = uri.getQuery();
        if (query == null) {
            return Map.of();
        }
        return Arrays.stream(query.split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair.length > 1 ? pair[1] : ""));
    }

    String jdbcUrl(String database) {
        var port = address.getPort() < 0 ? "" : ":" + address.getPort();
        var query = address.getRawQuery() == null ? "" : "?" + address.getRawQuery();
        return "jdbc:postgresql://" + address.getHost() + port + "/" + database + query;
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(jdbcUrl(maintenanceDatabase), user, password);
    }
}
