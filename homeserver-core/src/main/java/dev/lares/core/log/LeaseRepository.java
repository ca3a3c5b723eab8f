package dev.lares.core.log;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class LeaseRepository {
    private final JdbcClient jdbc;

    LeaseRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// The new epoch; empty where somebody holds it.
    OptionalLong acquire(String name, UUID holder, Duration time) {
        var sql =
                """
                INSERT INTO lease AS l (name, holder, epoch, until_ts)
                VALUES (:name, :holder, 1, clock_timestamp() + make_interval(secs => :seconds))
                ON CONFLICT (name) DO UPDATE
                    SET holder = excluded.holder, epoch = l.epoch + 1, until_ts = excluded.until_ts
                    WHERE l.until_ts < clock_timestamp()
                RETURNING epoch
                """;
        return jdbc.sql(sql)
                .param("name", name)
                .param("holder", holder)
                .param("seconds", time.toMillis() / 1000.0)
                .query(Long.class)
                .optional()
                .map(OptionalLong::of)
                .orElseGet(OptionalLong::empty);
    }

    /// Extends all that nobody has taken over; answers their names.
    Set<String> renew(Collection<Lease> leases, UUID holder, Duration time) {
        var sql =
                """
                UPDATE lease l
                SET until_ts = clock_timestamp() + make_interval(secs => :seconds)
                FROM unnest(:names, :epochs) AS mine(name, epoch)
                WHERE l.name = mine.name AND l.epoch = mine.epoch AND l.holder = :holder
                RETURNING l.name
                """;
        var sorted = List.copyOf(leases);
        return new HashSet<>(
                jdbc.sql(sql)
                        .param("names", sorted.stream().map(Lease::name).toArray(String[]::new))
                        .param("epochs", sorted.stream().map(Lease::epoch).toArray(Long[]::new))
                        .param("holder", holder)
                        .param("seconds", time.toMillis() / 1000.0)
                        .query(String.class)
                        .list());
    }

    /// Whether nobody has taken it over, nor can before the end of the transaction.
    boolean keep(Lease lease) {
        var sql = "SELECT FROM lease WHERE name = :name AND epoch = :epoch FOR SHARE";
        return !jdbc.sql(sql)
                .param("name", lease.name())
                .param("epoch", lease.epoch())
                .query((row, n) -> true)
                .list()
                .isEmpty();
    }

    void release(Lease lease, UUID holder) {
        var sql =
                """
                UPDATE lease SET until_ts = '-infinity'
                WHERE name = :name AND epoch = :epoch AND holder = :holder
                """;
        jdbc.sql(sql)
                .param("name", lease.name())
                .param("epoch", lease.epoch())
                .param("holder", holder)
                .update();
    }
}
