package dev.lares.core.ratelimit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Service;

/// Refuses what is done too often ([rate
/// limiting](https://spec.matrix.org/v1.19/client-server-api/#rate-limiting)). Replicas share the
/// buckets: each draws a quarter of a bucket at a time out of its row and then decides in memory,
/// so that most requests, and a flood above all, cost no query. Not to be called inside a
/// transaction, whose rollback would give the tokens back.
@Service
@EnableConfigurationProperties(RateLimitProperties.class)
public class RateLimitService {
    private static final int BUCKETS_MAX = 100_000;
    private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(10);
    private static final int DRAWS_BETWEEN_PURGES = 1_000;

    private final RateLimitProperties properties;
    private final RateLimitRepository shared;
    private final Clock clock;
    private final AtomicLong draws = new AtomicLong();
    private final Cache<Key, LocalBucket> buckets =
            Caffeine.newBuilder()
                    .maximumSize(BUCKETS_MAX)
                    .expireAfterAccess(FORGOTTEN_AFTER)
                    .build();

    private record Key(RateLimit limit, String subject) {}

    RateLimitService(RateLimitProperties properties, RateLimitRepository shared, Clock clock) {
        this.properties = properties;
        this.shared = shared;
        this.clock = clock;
    }

    /// Takes one token; `M_LIMIT_EXCEEDED` with `retry_after_ms` where there is none.
    ///
    /// @param subject whom the limit bounds: a user ID, an address or a room ID, as the limit says
    public void require(RateLimit limit, String subject) {
        require(limit, subject, 1);
    }

    /// Takes several tokens at once, or as many as a full bucket has where they are more.
    public void require(RateLimit limit, String subject, int tokens) {
        if (!properties.enabled()) {
            return;
        }
        int needed = Math.min(tokens, properties.bucket(limit).burst());
        var bucket = bucket(limit, subject);
        if (!bucket.take(needed, clock.millis())) {
            draw(limit, subject, bucket, needed);
            if (!bucket.take(needed, clock.millis())) {
                throw refusal(bucket);
            }
        }
    }

    /// Takes nothing; `M_LIMIT_EXCEEDED` where no token is left. With [#spend] for what only counts
    /// when it fails.
    public void requireAvailable(RateLimit limit, String subject) {
        if (!properties.enabled()) {
            return;
        }
        var bucket = bucket(limit, subject);
        if (!bucket.has(1, clock.millis())) {
            draw(limit, subject, bucket, 1);
            if (!bucket.has(1, clock.millis())) {
                throw refusal(bucket);
            }
        }
    }

    /// Takes one token where there is one, and never refuses.
    public void spend(RateLimit limit, String subject) {
        if (!properties.enabled()) {
            return;
        }
        var bucket = bucket(limit, subject);
        if (!bucket.take(1, clock.millis())) {
            draw(limit, subject, bucket, 1);
            bucket.take(1, clock.millis());
        }
    }

    private LocalBucket bucket(RateLimit limit, String subject) {
        return buckets.get(new Key(limit, subject), key -> new LocalBucket());
    }

    private void draw(RateLimit limit, String subject, LocalBucket bucket, int needed) {
        if (bucket.waitMillis(clock.millis()) > 0) {
            return;
        }
        var size = properties.bucket(limit);
        int wanted = Math.max(needed, (size.burst() + 3) / 4);
        var draw = shared.draw(limit, subject, size, wanted);
        long now = clock.millis();
        bucket.add(draw.granted(), now);
        if (draw.granted() < needed) {
            double missing = needed - draw.granted() - draw.left();
            bucket.emptyUntil(now + (long) Math.ceil(missing / size.perSecond() * 1000));
        }
        if (draws.incrementAndGet() % DRAWS_BETWEEN_PURGES == 0) {
            shared.purge();
        }
    }

    private MatrixException refusal(LocalBucket bucket) {
        long wait = Math.max(1, bucket.waitMillis(clock.millis()));
        return new MatrixException(
                ErrorCode.M_LIMIT_EXCEEDED,
                ErrorCode.M_LIMIT_EXCEEDED.status(),
                "Too many requests",
                Map.of("retry_after_ms", wait));
    }
}
