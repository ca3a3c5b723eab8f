package dev.lares.core.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.simple.JdbcClient;

@ExtendWith(TestDatabaseExtension.class)
class TestDatabaseTest {
    @Test
    void isMigrated(TestDatabase database) {
        var tables =
                JdbcClient.create(database.dataSource())
                        .sql("SELECT table_name FROM information_schema.tables")
                        .query(String.class)
                        .list();
        assertThat(tables).contains("append_batch", "flyway_schema_history");
    }

    @Test
    void isTheSameForAllMethodsOfAClass(TestDatabase first, TestDatabase second) {
        assertThat(second).isSameAs(first);
    }

    @Test
    void sharesNothingWithAnother(TestDatabase database) throws SQLException {
        try (var other = TestDatabase.create()) {
            JdbcClient.create(other.dataSource()).sql("CREATE TABLE only_here ()").update();
            var found =
                    JdbcClient.create(database.dataSource())
                            .sql("SELECT to_regclass('only_here')::text")
                            .query(String.class)
                            .optional();
            assertThat(found).isEmpty();
        }
    }

    @Test
    void isDurableAsInOperation(TestDatabase database) {
        var fsync =
                JdbcClient.create(database.dataSource())
                        .sql("SHOW fsync")
                        .query(String.class)
                        .single();
        assertThat(fsync).isEqualTo("on");
    }

    @Test
    void isGoneOnceClosed(TestDatabase database) throws SQLException {
        var other = TestDatabase.create();
        var name = other.jdbcUrl().replaceFirst(".*/([a-z0-9_]+).*", "$1");
        other.close();
        try (var connection = database.dataSource().getConnection()) {
            assertThat(TestDatabase.exists(connection, name)).isFalse();
        }
    }
}
