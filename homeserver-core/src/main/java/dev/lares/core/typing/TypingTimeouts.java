package dev.lares.core.typing;

import dev.lares.core.error.MatrixException;
import dev.lares.core.log.LogWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/// Ends typing whose time is up, so that clients are told. What this replica forgets in a crash is
/// not shown any more either, since its time is up; it is only not announced.
@Component
class TypingTimeouts implements DisposableBean {
    /// More who type at once are not announced when they end.
    private static final int SCHEDULED_MAX = 100_000;

    private static final Duration DEADLINE = Duration.ofSeconds(5);
    private static final Logger log = LoggerFactory.getLogger(TypingTimeouts.class);

    private final LogWriter writer;
    private final Clock clock;
    private final ConcurrentMap<Typing, Long> until = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("typing-timeouts").factory());

    // The loop runs as long as this bean, so nobody waits for its future.
    @SuppressWarnings("FutureReturnValueIgnored")
    TypingTimeouts(LogWriter writer, Clock clock) {
        this.writer = writer;
        this.clock = clock;
        timer.scheduleWithFixedDelay(this::endDue, 500, 500, TimeUnit.MILLISECONDS);
    }

    void schedule(Typing typing, long untilMillis) {
        if (until.size() < SCHEDULED_MAX) {
            until.put(typing, untilMillis);
        }
    }

    void cancel(Typing typing) {
        until.remove(typing);
    }

    private void endDue() {
        long now = clock.millis();
        until.forEach((typing, untilMillis) -> {
            if (untilMillis <= now && until.remove(typing, untilMillis)) {
                Thread.ofVirtual().name("typing-timeout").start(() -> end(typing));
            }
        });
    }

    private void end(Typing typing) {
        try {
            var item = TypingService.stopped(typing.userNid(), typing.roomNid(), clock.millis());
            writer.append(item, DEADLINE);
        } catch (MatrixException e) {
            log.debug("The end of typing was not announced: {}", e.getMessage());
        }
    }

    @Override
    public void destroy() {
        timer.shutdownNow();
    }

    record Typing(long userNid, long roomNid) {}
}
