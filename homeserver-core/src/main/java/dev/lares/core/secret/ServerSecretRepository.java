package dev.lares.core.secret;

import java.security.SecureRandom;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class ServerSecretRepository {
    private static final int SECRET_BYTES = 32;

    private final JdbcClient jdbc;
    private final SecureRandom random;

    ServerSecretRepository(JdbcClient jdbc, SecureRandom random) {
        this.jdbc = jdbc;
        this.random = random;
    }

    /// The secret of that name; the first replica that asks makes it.
    byte[] getOrCreate(String name) {
        var secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        var insert =
                """
                INSERT INTO server_secret (name, secret) VALUES (:name, :secret)
                ON CONFLICT (name) DO NOTHING
                """;
        jdbc.sql(insert).param("name", name).param("secret", secret).update();
        return jdbc.sql("SELECT secret FROM server_secret WHERE name = :name")
                .param("name", name)
                .query((row, n) -> row.getBytes("secret"))
                .single();
    }
}
