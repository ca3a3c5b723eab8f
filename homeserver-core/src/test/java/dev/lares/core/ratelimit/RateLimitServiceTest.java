package dev.lares.core.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.testing.TestClock;
import dev.lares.core.testing.TestDatabase;
import dev.lares.core.testing.TestDatabaseExtension;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.simple.JdbcClient;

@ExtendWith(TestDatabaseExtension.class)
class RateLimitServiceTest {
    private static final RateLimitProperties SLOW = limits(0.001, 8);
    private static final AtomicLong SUBJECTS = new AtomicLong();

    private final JdbcClient jdbc;
    private final TestClock clock = new TestClock(Instant.parse("2026-11-24T00:00:00Z"));

    RateLimitServiceTest(TestDatabase database) {
        jdbc = JdbcClient.create(database.dataSource());
    }

    private static RateLimitProperties limits(double perSecond, int burst) {
        var bucket = new RateLimitProperties.Bucket(perSecond, burst);
        return new RateLimitProperties(true, Map.of(RateLimit.MESSAGE, bucket));
    }

    private RateLimitService replica(RateLimitProperties properties) {
        return new RateLimitService(properties, new RateLimitRepository(jdbc), clock);
    }

    private static String newSubject() {
        return "@user" + SUBJECTS.incrementAndGet() + ":localhost";
    }

    private static boolean allows(RateLimitService service, String subject) {
        var refusal =
                catchThrowableOfType(
                        MatrixException.class, () -> service.require(RateLimit.MESSAGE, subject));
        return refusal == null;
    }

    @Test
    void allowsABurstAndThenRefusesWithTheTimeToWait() {
        var service = replica(SLOW);
        var subject = newSubject();
        for (int i = 0; i < 8; i++) {
            assertThat(allows(service, subject)).isTrue();
        }
        var refusal =
                catchThrowableOfType(
                        MatrixException.class, () -> service.require(RateLimit.MESSAGE, subject));
        assertThat(refusal.code()).isEqualTo(ErrorCode.M_LIMIT_EXCEEDED);
        assertThat((Long) refusal.details().get("retry_after_ms")).isBetween(900_000L, 1_000_000L);
        assertThat(allows(service, newSubject())).isTrue();
    }

    @Test
    void isSharedByReplicas() {
        var one = replica(SLOW);
        var two = replica(SLOW);
        var subject = newSubject();
        int allowed = 0;
        for (int i = 0; i < 20; i++) {
            allowed += allows(i % 2 == 0 ? one : two, subject) ? 1 : 0;
        }
        assertThat(allowed).isEqualTo(8);
    }

    @Test
    void asksTheDatabaseOnlyNowAndThen() {
        var service = replica(SLOW);
        var subject = newSubject();
        assertThat(allows(service, subject)).isTrue();
        assertThat(tokensLeft(subject)).isEqualTo(6);
        assertThat(allows(service, subject)).isTrue();
        assertThat(tokensLeft(subject)).isEqualTo(6);
        for (int i = 0; i < 100; i++) {
            allows(service, subject);
        }
        var drawnAt = filledAt(subject);
        assertThat(allows(service, subject)).isFalse();
        assertThat(filledAt(subject)).isEqualTo(drawnAt);
    }

    @Test
    void fillsUpAgain() {
        var service = replica(limits(1_000_000, 4));
        var subject = newSubject();
        for (int i = 0; i < 100; i++) {
            assertThat(allows(service, subject)).isTrue();
            clock.advance(Duration.ofMillis(1));
        }
    }

    @Test
    void givesUpWhatWasDrawnAndNotUsed() {
        var service = replica(SLOW);
        var subject = newSubject();
        assertThat(allows(service, subject)).isTrue();
        clock.advance(Duration.ofMinutes(2));
        assertThat(allows(service, subject)).isTrue();
        assertThat(tokensLeft(subject)).isEqualTo(4);
    }

    @Test
    void takesWhatFailedAlone() {
        var service = replica(limits(0.001, 1));
        var subject = newSubject();
        service.requireAvailable(RateLimit.MESSAGE, subject);
        service.requireAvailable(RateLimit.MESSAGE, subject);
        service.spend(RateLimit.MESSAGE, subject);
        service.spend(RateLimit.MESSAGE, subject);
        var refusal =
                catchThrowableOfType(
                        MatrixException.class,
                        () -> service.requireAvailable(RateLimit.MESSAGE, subject));
        assertThat(refusal.code()).isEqualTo(ErrorCode.M_LIMIT_EXCEEDED);
    }

    @Test
    void takesSeveralAtOnceButNeverMoreThanThereCanBe() {
        var service = replica(SLOW);
        var subject = newSubject();
        service.require(RateLimit.MESSAGE, subject, 5);
        var refusal =
                catchThrowableOfType(
                        MatrixException.class,
                        () -> service.require(RateLimit.MESSAGE, subject, 4));
        assertThat(refusal).isNotNull();
        service.require(RateLimit.MESSAGE, newSubject(), 1000);
    }

    @Test
    void forgetsBucketsThatAreFull() {
        var subject = newSubject();
        assertThat(allows(replica(limits(1_000_000, 4)), subject)).isTrue();
        new RateLimitRepository(jdbc).purge();
        assertThat(
                        jdbc.sql("SELECT count(*) FROM rate_limit WHERE subject = :subject")
                                .param("subject", subject)
                                .query(Long.class)
                                .single())
                .isZero();
    }

    @Test
    void mayBeTurnedOff() {
        var service = replica(new RateLimitProperties(false, SLOW.limits()));
        var subject = newSubject();
        for (int i = 0; i < 100; i++) {
            assertThat(allows(service, subject)).isTrue();
        }
    }

    private long tokensLeft(String subject) {
        return (long)
                Math.floor(
                        jdbc.sql("SELECT tokens FROM rate_limit WHERE subject = :subject")
                                .param("subject", subject)
                                .query(Double.class)
                                .single());
    }

    private Instant filledAt(String subject) {
        return jdbc.sql("SELECT filled_at FROM rate_limit WHERE subject = :subject")
                .param("subject", subject)
                .query((row, number) -> row.getTimestamp(1).toInstant())
                .single();
    }
}
