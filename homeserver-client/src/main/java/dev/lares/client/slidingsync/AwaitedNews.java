package dev.lares.client.slidingsync;

import dev.lares.client.sync.Awaited;
import dev.lares.client.sync.SyncAnswer;
import dev.lares.core.web.Requester;
import java.util.Optional;

/// What is new on a connection.
final class AwaitedNews implements Awaited {
    private final SlidingSyncService service;
    private final SlidingRequest request;
    private volatile Base base;

    AwaitedNews(SlidingSyncService service, SlidingRequest request, Base base) {
        this.service = service;
        this.request = request;
        this.base = base;
    }

    @Override
    public Requester requester() {
        return request.requester();
    }

    @Override
    public Optional<String> connection() {
        return Optional.of(request.connId());
    }

    @Override
    public Optional<SyncAnswer> look() {
        var outcome = service.look(request, base);
        base = outcome.base();
        return outcome.answer();
    }

    @Override
    public SyncAnswer nothing() {
        return service.nothing(request, base);
    }
}
