package dev.lares.client.sync;

import static dev.lares.core.web.SpecEndpoint.Access.GUEST_TOKEN;

import dev.lares.client.sync.SyncRequest.FullState;
import dev.lares.client.sync.SyncRequest.StateForm;
import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.filter.Filter;
import dev.lares.core.filter.FilterService;
import dev.lares.core.web.Requester;
import dev.lares.core.web.SpecEndpoint;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;

/// [Syncing](https://spec.matrix.org/v1.19/client-server-api/#syncing).
@RestController
class SyncController {
    private static final Set<String> PRESENCES = Set.of("online", "offline", "unavailable");

    private final SyncRunner runner;
    private final SyncService service;
    private final SyncTokens tokens;
    private final FilterService filters;

    SyncController(
            SyncRunner runner, SyncService service, SyncTokens tokens, FilterService filters) {
        this.runner = runner;
        this.service = service;
        this.tokens = tokens;
        this.filters = filters;
    }

    /// `GET /_matrix/client/v3/sync`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3sync)). Waits at
    /// most ten minutes, with at most eight requests of one device at once: a further one ends the
    /// oldest with an empty answer.
    @SpecEndpoint(operationId = "sync", auth = GUEST_TOKEN, rateLimited = false)
    @GetMapping({"/_matrix/client/v3/sync", "/_matrix/client/r0/sync"})
    DeferredResult<SyncAnswer> sync(
            Requester requester,
            @RequestParam Optional<String> filter,
            @RequestParam Optional<String> since,
            @RequestParam(name = "full_state") Optional<Boolean> fullState,
            @RequestParam(name = "set_presence") Optional<String> setPresence,
            @RequestParam Optional<Long> timeout,
            @RequestParam(name = "use_state_after") Optional<Boolean> stateAfter,
            @RequestParam(name = "org.matrix.msc4222.use_state_after")
                    Optional<Boolean> stateAfterUnstable) {
        if (setPresence.isPresent() && !PRESENCES.contains(setPresence.get())) {
            throw new MatrixException(
                    ErrorCode.M_INVALID_PARAM,
                    "'set_presence' is one of online, offline and unavailable");
        }
        long millis = timeout.orElse(0L);
        if (millis < 0) {
            throw new MatrixException(ErrorCode.M_INVALID_PARAM, "'timeout' is not negative");
        }
        var wanted =
                filter.filter(text -> !text.isEmpty())
                        .map(text -> filters.resolve(requester.userNid(), text))
                        .orElse(Filter.DEFAULT);
        var request =
                tokens.request(
                        requester,
                        wanted,
                        since.filter(token -> !token.isEmpty()),
                        fullState.orElse(false) ? FullState.ALL : FullState.CHANGES,
                        stateForm(stateAfter, stateAfterUnstable));
        return runner.run(new AwaitedChanges(service, request), Duration.ofMillis(millis));
    }

    private static StateForm stateForm(Optional<Boolean> stable, Optional<Boolean> unstable) {
        if (stable.orElse(false)) {
            return StateForm.AFTER;
        }
        return unstable.orElse(false) ? StateForm.AFTER_UNSTABLE : StateForm.BEFORE_TIMELINE;
    }
}
