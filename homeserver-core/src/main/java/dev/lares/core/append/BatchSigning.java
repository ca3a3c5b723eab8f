package dev.lares.core.append;

import dev.lares.core.event.Pdu;
import dev.lares.core.event.UnsignedPdu;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/// Signs the events of a batch side by side: signatures are half of what the writer computes, and
/// nothing else waits for them. The writer signs as well, and what a helper has begun and not
/// finished it makes once more, so it never waits for a thread that is not running.
@Component
class BatchSigning implements DisposableBean {
    /// Fewer are signed before another thread has begun.
    private static final int EVENTS_MIN = 4;

    private static final int HELPERS_MAX = 3;
    private static final long IDLE_SECONDS = 10;

    private final int helpersMax =
            Math.clamp(Runtime.getRuntime().availableProcessors() - 1L, 0, HELPERS_MAX);

    /// Where no helper is free, the writer does without.
    private final ExecutorService helpers =
            new ThreadPoolExecutor(
                    0,
                    Math.max(1, helpersMax),
                    IDLE_SECONDS,
                    TimeUnit.SECONDS,
                    new SynchronousQueue<>(),
                    Thread.ofPlatform().daemon().name("event-signing-", 1).factory(),
                    new ThreadPoolExecutor.DiscardPolicy());

    /// The events with their signatures, by the same numbers.
    Map<Long, Pdu> sign(Map<Long, UnsignedPdu> events) {
        var round = new Round(List.copyOf(events.values()));
        int useful = Math.min(helpersMax, events.size() / EVENTS_MIN);
        for (int i = 0; i < useful; i++) {
            helpers.execute(round);
        }
        round.run();
        var signed = new LinkedHashMap<Long, Pdu>();
        int at = 0;
        for (long nid : events.keySet()) {
            signed.put(nid, round.get(at++));
        }
        return signed;
    }

    @Override
    public void destroy() {
        helpers.shutdown();
    }

    /// Events that whoever is free takes one by one.
    private static final class Round implements Runnable {
        private final List<UnsignedPdu> events;
        private final AtomicReferenceArray<Pdu> signed;
        private final AtomicInteger next = new AtomicInteger();

        Round(List<UnsignedPdu> events) {
            this.events = events;
            this.signed = new AtomicReferenceArray<>(events.size());
        }

        @Override
        public void run() {
            for (int i = next.getAndIncrement(); i < events.size(); i = next.getAndIncrement()) {
                signed.set(i, events.get(i).signed());
            }
        }

        Pdu get(int i) {
            var done = signed.get(i);
            return done != null ? done : events.get(i).signed();
        }
    }
}
