package dev.lares.core.sending;

import java.time.Duration;

/// How long a request waits for the log.
public final class Deadlines {
    /// Shorter than the minute after which clients and proxies give up, so that they get an answer.
    public static final Duration SEND = Duration.ofSeconds(30);

    private Deadlines() {}
}
