package dev.lares.core.work;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/// A bean that runs a [Worker] while the server does. Its rounds pause by themselves; a stop ends
/// the pause at once, and the round under way within five seconds.
public abstract class BackgroundLoop implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(BackgroundLoop.class);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(5);

    private final String name;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private @Nullable Worker worker;
    private volatile boolean running;

    /// @param name of the thread and in the log
    protected BackgroundLoop(String name) {
        this.name = name;
    }

    /// One round, with its pause. Called again as soon as it returns.
    protected abstract void round() throws Exception;

    /// Waits that long, or until the server stops.
    protected final void pause(Duration time) throws InterruptedException {
        if (stopping.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
            log.debug("{} ends: the server stops", name);
        }
    }

    /// Whether the server stops, so that long rounds should end.
    protected final boolean stops() {
        return stopping.getCount() == 0;
    }

    @Override
    public final synchronized void start() {
        if (worker == null) {
            running = true;
            worker = new Worker(name, this::round);
            worker.start();
        }
    }

    @Override
    public final synchronized void stop() {
        running = false;
        stopping.countDown();
        if (worker != null) {
            worker.stop(STOP_PATIENCE);
        }
    }

    @Override
    public final boolean isRunning() {
        return running;
    }
}
