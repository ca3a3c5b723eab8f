package dev.lares.core.account;

import dev.lares.core.account.Account.PasswordHash;
import dev.lares.core.id.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class AccountRepository {
    private static final int ERASED_MAX = 1_000_000;

    private final JdbcClient jdbc;

    AccountRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<Account> find(UserId userId) {
        var sql =
                """
                SELECT a.user_nid, u.user_id, a.created_ts, a.password_hash, a.admin, a.guest,
                       a.deactivated_ts, a.locked, a.suspended
                FROM account a JOIN user_ref u ON u.user_nid = a.user_nid
                WHERE u.user_id = :userId
                """;
        return jdbc.sql(sql)
                .param("userId", userId.value())
                .query((row, n) -> account(row))
                .optional();
    }

    Optional<Account> find(long userNid) {
        var sql =
                """
                SELECT a.user_nid, u.user_id, a.created_ts, a.password_hash, a.admin, a.guest,
                       a.deactivated_ts, a.locked, a.suspended
                FROM account a JOIN user_ref u ON u.user_nid = a.user_nid
                WHERE a.user_nid = :userNid
                """;
        return jdbc.sql(sql).param("userNid", userNid).query((row, n) -> account(row)).optional();
    }

    /// Those of the users who are guests.
    List<Long> findGuests(Collection<Long> userNids) {
        var sql = "SELECT user_nid FROM account WHERE user_nid = ANY(:userNids) AND guest";
        return jdbc.sql(sql)
                .param("userNids", userNids.toArray(Long[]::new))
                .query((row, n) -> row.getLong("user_nid"))
                .list();
    }

    /// Those of the users whose account is deactivated.
    List<Long> findDeactivated(Collection<Long> userNids) {
        var sql =
                """
                SELECT user_nid FROM account
                WHERE user_nid = ANY(:userNids) AND deactivated_ts IS NOT NULL
                """;
        return jdbc.sql(sql)
                .param("userNids", userNids.toArray(Long[]::new))
                .query((row, n) -> row.getLong("user_nid"))
                .list();
    }

    List<UserId> findErased() {
        var sql =
                """
                SELECT u.user_id FROM account a JOIN user_ref u ON u.user_nid = a.user_nid
                WHERE a.erased
                LIMIT :limit
                """;
        return jdbc.sql(sql)
                .param("limit", ERASED_MAX)
                .query((row, n) -> new UserId(row.getString("user_id")))
                .list();
    }

    /// Returns false where there is an account of that name already.
    boolean insertIfAbsent(
            long userNid, @Nullable String passwordHash, NewAccount.Kind kind, Instant createdAt) {
        var sql =
                """
                INSERT INTO account (user_nid, created_ts, password_hash, admin, guest)
                VALUES (:userNid, :createdTs, :passwordHash, :admin, :guest)
                ON CONFLICT (user_nid) DO NOTHING
                """;
        return jdbc.sql(sql)
                        .param("userNid", userNid)
                        .param("createdTs", createdAt.toEpochMilli())
                        .param("passwordHash", passwordHash)
                        .param("admin", kind == NewAccount.Kind.ADMIN)
                        .param("guest", kind == NewAccount.Kind.GUEST)
                        .update()
                == 1;
    }

    /// Returns false where the account is no guest's, or no more.
    boolean convertGuest(long userNid, PasswordHash hash) {
        var sql =
                """
                UPDATE account SET guest = false, password_hash = :hash
                WHERE user_nid = :userNid AND guest AND deactivated_ts IS NULL
                """;
        return jdbc.sql(sql).param("userNid", userNid).param("hash", hash.encoded()).update() == 1;
    }

    /// Replaces the hash of the same password by a better one, unless it changed meanwhile.
    void rehash(long userNid, PasswordHash old, PasswordHash better) {
        var sql =
                """
                UPDATE account SET password_hash = :better
                WHERE user_nid = :userNid AND password_hash = :old
                """;
        jdbc.sql(sql)
                .param("userNid", userNid)
                .param("old", old.encoded())
                .param("better", better.encoded())
                .update();
    }

    boolean adminExists() {
        var sql = "SELECT EXISTS (SELECT FROM account WHERE admin AND deactivated_ts IS NULL)";
        return jdbc.sql(sql).query(Boolean.class).single();
    }

    private static Account account(ResultSet row) throws SQLException {
        long deactivatedTs = row.getLong("deactivated_ts");
        var deactivatedAt =
                row.wasNull()
                        ? Optional.<Instant>empty()
                        : Optional.of(Instant.ofEpochMilli(deactivatedTs));
        return new Account(
                row.getLong("user_nid"),
                new UserId(row.getString("user_id")),
                Instant.ofEpochMilli(row.getLong("created_ts")),
                Optional.ofNullable(row.getString("password_hash")).map(PasswordHash::new),
                row.getBoolean("admin"),
                row.getBoolean("guest"),
                deactivatedAt,
                row.getBoolean("locked"),
                row.getBoolean("suspended"));
    }
}
