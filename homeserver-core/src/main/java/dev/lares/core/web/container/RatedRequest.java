package dev.lares.core.web.container;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/// A request whose body fails with a [TimeoutException] where somebody waits for it and too little
/// of it comes. Time in which nobody waits for the body is not counted.
final class RatedRequest extends Request.Wrapper {
    private final long bytesMin;
    private final Duration window;
    private final ReentrantLock lock = new ReentrantLock();
    private long bytesInWindow;
    private boolean windowOpen;
    private @Nullable Runnable waiting;
    private Content.@Nullable Chunk failure;

    RatedRequest(Request request, long bytesMin, Duration window) {
        super(request);
        this.bytesMin = bytesMin;
        this.window = window;
    }

    @Override
    public Content.@Nullable Chunk read() {
        lock.lock();
        try {
            if (failure != null) {
                return failure;
            }
            var chunk = super.read();
            if (chunk != null) {
                bytesInWindow += chunk.remaining();
            }
            return chunk;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void demand(Runnable demandCallback) {
        boolean failed;
        lock.lock();
        try {
            failed = failure != null;
            waiting = failed ? null : demandCallback;
            if (!failed && !windowOpen) {
                openWindow();
            }
        } finally {
            lock.unlock();
        }
        if (failed) {
            demandCallback.run();
        } else {
            super.demand(() -> tell(takeWaiting()));
        }
    }

    private void openWindow() {
        windowOpen = true;
        bytesInWindow = 0;
        getComponents()
                .getScheduler()
                .schedule(this::closeWindow, window.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void closeWindow() {
        Runnable told = null;
        lock.lock();
        try {
            windowOpen = false;
            if (waiting != null) {
                if (bytesInWindow >= bytesMin) {
                    openWindow();
                } else {
                    failure = Content.Chunk.from(new TimeoutException("The body is too slow"));
                    told = waiting;
                    waiting = null;
                }
            }
        } finally {
            lock.unlock();
        }
        if (told != null) {
            // The scheduler's thread is not for what follows.
            getComponents().getExecutor().execute(told);
        }
    }

    private @Nullable Runnable takeWaiting() {
        lock.lock();
        try {
            var taken = waiting;
            waiting = null;
            return taken;
        } finally {
            lock.unlock();
        }
    }

    private static void tell(@Nullable Runnable waiting) {
        if (waiting != null) {
            waiting.run();
        }
    }
}
