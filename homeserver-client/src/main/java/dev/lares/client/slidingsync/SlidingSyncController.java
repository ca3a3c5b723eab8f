package dev.lares.client.slidingsync;

import static dev.lares.core.web.SpecEndpoint.Access.GUEST_TOKEN;

import dev.lares.client.slidingsync.SlidingRequest.Spelling;
import dev.lares.client.sync.SyncAnswer;
import dev.lares.client.sync.SyncRunner;
import dev.lares.core.web.Requester;
import dev.lares.core.web.SpecEndpoint;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;
import tools.jackson.databind.node.ObjectNode;

/// [Simplified sliding sync](https://github.com/matrix-org/matrix-spec-proposals/pull/4186).
@RestController
class SlidingSyncController {
    private static final Set<String> PRESENCES = Set.of("online", "offline", "unavailable");

    private final SyncRunner runner;
    private final SlidingSyncService service;
    private final Connections connections;
    private final ToDeviceExtension toDevice;

    SlidingSyncController(
            SyncRunner runner,
            SlidingSyncService service,
            Connections connections,
            ToDeviceExtension toDevice) {
        this.runner = runner;
        this.service = service;
        this.connections = connections;
        this.toDevice = toDevice;
    }

    /// `POST /_matrix/client/unstable/org.matrix.simplified_msc3575/sync`, as clients call it
    /// today. Waits at most ten minutes. Of one connection one request waits: a further one ends it
    /// with an empty answer. `M_UNKNOWN_POS` for a `pos` that was not given out to this user,
    /// device and `conn_id`, or whose connection is over; a device has at most ten connections.
    @SpecEndpoint(
            operationId = "slidingSyncUnstable",
            auth = GUEST_TOKEN,
            rateLimited = false,
            msc = "MSC4186")
    @PostMapping("/_matrix/client/unstable/org.matrix.simplified_msc3575/sync")
    DeferredResult<SyncAnswer> slidingSyncUnstable(
            Requester requester,
            @RequestParam Optional<String> pos,
            @RequestParam Optional<Long> timeout,
            @RequestParam(name = "set_presence") Optional<String> setPresence,
            @RequestBody ObjectNode body) {
        return run(
                requester,
                Spelling.UNSTABLE,
                pos.or(() -> JsonMembers.text(body, "pos")),
                timeout.or(() -> JsonMembers.number(body, "timeout")),
                setPresence.or(() -> JsonMembers.text(body, "set_presence")),
                body);
    }

    /// `POST /_matrix/client/v4/sync`, as accepted: all parameters are in the body. Else as
    /// [#slidingSyncUnstable].
    @SpecEndpoint(
            operationId = "slidingSync",
            auth = GUEST_TOKEN,
            rateLimited = false,
            msc = "MSC4186")
    @PostMapping("/_matrix/client/v4/sync")
    DeferredResult<SyncAnswer> slidingSync(Requester requester, @RequestBody ObjectNode body) {
        return run(
                requester,
                Spelling.STABLE,
                JsonMembers.text(body, "pos"),
                JsonMembers.number(body, "timeout"),
                JsonMembers.text(body, "set_presence"),
                body);
    }

    private DeferredResult<SyncAnswer> run(
            Requester requester,
            Spelling spelling,
            Optional<String> pos,
            Optional<Long> timeout,
            Optional<String> setPresence,
            ObjectNode body) {
        if (setPresence.isPresent() && !PRESENCES.contains(setPresence.get())) {
            throw JsonMembers.invalid("'set_presence' is one of online, offline and unavailable");
        }
        long millis = timeout.orElse(0L);
        if (millis < 0) {
            throw JsonMembers.invalid("'timeout' is not negative");
        }
        var request =
                new SlidingRequest(
                        requester,
                        spelling,
                        JsonMembers.text(body, "conn_id").orElse(""),
                        pos.filter(token -> !token.isEmpty()),
                        JsonMembers.text(body, "txn_id"),
                        new SlidingRequestParser(spelling, requester.userId()).rules(body));
        var base = connections.find(request);
        toDevice.acknowledge(request);
        return runner.run(new AwaitedNews(service, request, base), Duration.ofMillis(millis));
    }
}
