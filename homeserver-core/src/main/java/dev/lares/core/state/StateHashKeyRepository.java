package dev.lares.core.state;

import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class StateHashKeyRepository {
    private final JdbcClient jdbc;

    StateHashKeyRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// The secret of this database, once the log was opened on it for the first time.
    Optional<byte[]> find() {
        return jdbc.sql("SELECT state_hash_key FROM log_epoch").query(byte[].class).optional();
    }
}
