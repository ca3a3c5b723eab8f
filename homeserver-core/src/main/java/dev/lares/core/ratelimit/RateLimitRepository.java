package dev.lares.core.ratelimit;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Draws tokens out of the shared buckets.
@Repository
class RateLimitRepository {
    private static final int PURGED_MAX = 10_000;

    private final JdbcClient jdbc;

    RateLimitRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// @param granted how many tokens were given
    /// @param left how many remain in the bucket, with the part of the next one that has come back
    record Draw(int granted, double left) {}

    /// Gives as many whole tokens as there are, at most `wanted`. Time is the database's, so that
    /// replicas agree.
    Draw draw(RateLimit limit, String subject, RateLimitProperties.Bucket bucket, int wanted) {
        var sql =
                """
                INSERT INTO rate_limit AS r
                       (limit_name, subject, tokens, granted, filled_at, full_at)
                SELECT :limit, :subject, b.burst - b.wanted, b.wanted, b.now,
                       b.now + make_interval(secs => b.wanted / b.rate)
                FROM (SELECT CAST(:burst AS double precision) AS burst,
                             CAST(:wanted AS integer) AS wanted,
                             CAST(:rate AS double precision) AS rate,
                             clock_timestamp() AS now) AS b
                ON CONFLICT (limit_name, subject) DO UPDATE
                SET (tokens, granted, filled_at, full_at) = (
                    SELECT f.tokens - g.granted, g.granted, f.now,
                           f.now + make_interval(secs => (:burst - f.tokens + g.granted) / :rate)
                    FROM (SELECT greatest(r.filled_at, EXCLUDED.filled_at) AS now,
                                 least(CAST(:burst AS double precision),
                                       r.tokens + :rate * greatest(0, extract(
                                           epoch FROM EXCLUDED.filled_at - r.filled_at)::float8))
                                     AS tokens) AS f,
                         LATERAL (SELECT least(CAST(:wanted AS integer), floor(f.tokens)::integer)
                                     AS granted) AS g)
                RETURNING granted, tokens
                """;
        return jdbc.sql(sql)
                .param("limit", limit.name())
                .param("subject", subject)
                .param("burst", (double) bucket.burst())
                .param("rate", bucket.perSecond())
                .param("wanted", wanted)
                .query((row, number) -> new Draw(row.getInt("granted"), row.getDouble("tokens")))
                .single();
    }

    /// Deletes buckets that are full again.
    void purge() {
        var sql =
                """
                DELETE FROM rate_limit
                WHERE (limit_name, subject) IN (
                    SELECT limit_name, subject FROM rate_limit
                    WHERE full_at < clock_timestamp()
                    ORDER BY full_at
                    LIMIT :max
                    FOR UPDATE SKIP LOCKED)
                """;
        jdbc.sql(sql).param("max", PURGED_MAX).update();
    }
}
