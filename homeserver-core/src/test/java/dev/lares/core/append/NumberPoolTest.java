package dev.lares.core.append;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lares.core.testing.TestDatabase;
import dev.lares.core.testing.TestDatabaseExtension;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabaseExtension.class)
class NumberPoolTest {
    private final NumberPool pool = new NumberPool();
    private Connection connection;

    @BeforeEach
    void open(TestDatabase database) throws SQLException {
        connection = database.dataSource().getConnection();
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    @Test
    void givesEachNumberOnceAmongReplicas() throws SQLException {
        var other = new NumberPool();
        var events = new HashSet<Long>();
        for (int round = 0; round < 3; round++) {
            pool.require(connection, 400, 1);
            other.require(connection, 400, 1);
            for (int i = 0; i < 400; i++) {
                assertThat(events.add(pool.nextEvent())).isTrue();
                assertThat(events.add(other.nextEvent())).isTrue();
            }
        }
        assertThat(take(pool::nextRoom)).isNotEqualTo(take(other::nextRoom));
        assertThat(take(pool::nextStateKey)).isNotEqualTo(take(other::nextStateKey));
    }

    @Test
    void asksTheDatabaseOnlyForWhatIsMissing() throws SQLException {
        pool.require(connection, 100, 0);
        long asked = lastEvent();
        for (int i = 0; i < 5; i++) {
            pool.require(connection, 100, 0);
            for (int n = 0; n < 100; n++) {
                pool.nextEvent();
                pool.nextStateKey();
            }
        }
        assertThat(lastEvent()).isEqualTo(asked);
        // Now a hundred and some are left.
        pool.require(connection, 200, 0);
        assertThat(lastEvent()).isGreaterThan(asked);
    }

    @Test
    void givesNoNumbersThatItHasNotTaken() throws SQLException {
        assertThatThrownBy(pool::nextEvent).isInstanceOf(NoSuchElementException.class);
        pool.require(connection, 1, 0);
        pool.nextEvent();
        assertThatThrownBy(pool::nextRoom).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void forgetsWhatADatabaseMayGiveAgain() throws SQLException {
        pool.require(connection, 10, 1);
        pool.forget();
        assertThatThrownBy(pool::nextEvent).isInstanceOf(NoSuchElementException.class);
        assertThatThrownBy(pool::nextStateKey).isInstanceOf(NoSuchElementException.class);
        assertThatThrownBy(pool::nextRoom).isInstanceOf(NoSuchElementException.class);
        pool.require(connection, 10, 1);
        assertThat(Set.of(pool.nextEvent(), pool.nextEvent())).hasSize(2);
    }

    private static long take(LongSupplier next) {
        return next.getAsLong();
    }

    private long lastEvent() throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT last_value FROM event_nid_seq")) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
