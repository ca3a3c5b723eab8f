package dev.lares.client.sync;

import dev.lares.core.web.Requester;
import java.util.Optional;

/// What changes behind the token of a sync.
final class AwaitedChanges implements Awaited {
    private final SyncService service;
    private volatile SyncRequest request;

    AwaitedChanges(SyncService service, SyncRequest request) {
        this.service = service;
        this.request = request;
    }

    @Override
    public Requester requester() {
        return request.requester();
    }

    @Override
    public Optional<String> connection() {
        return Optional.empty();
    }

    @Override
    public Optional<SyncAnswer> look() {
        var outcome = service.answer(request);
        if (outcome.answer().isEmpty()) {
            // The next look starts there.
            request = request.since(outcome.upTo());
        }
        return outcome.answer();
    }

    @Override
    public SyncAnswer nothing() {
        return service.nothing(request);
    }
}
