package dev.lares.core.web;

import static dev.lares.core.web.SpecEndpoint.Access.ACCESS_TOKEN;
import static dev.lares.core.web.SpecEndpoint.Access.ADMIN;
import static dev.lares.core.web.SpecEndpoint.Access.GUEST_TOKEN;
import static dev.lares.core.web.SpecEndpoint.Access.NONE;
import static dev.lares.core.web.SpecEndpoint.Access.OPTIONAL;

import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.id.EventId;
import dev.lares.core.id.RoomId;
import dev.lares.core.id.RoomIdOrAlias;
import dev.lares.core.id.UserId;
import dev.lares.core.json.CanonicalJson;
import dev.lares.core.web.body.FormBody;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.context.annotation.Profile;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;
import tools.jackson.databind.node.ObjectNode;

/// Endpoints that say back what reached them. The profile keeps them out of whole servers.
@RestController
@Profile("web-layer")
class WebLayerController {
    record Echo(String what, Optional<String> more) {}

    record Kick(@NotNull UserId userId, Optional<String> reason, Optional<Boolean> quiet) {}

    record Nested(List<Kick> kicks, int count, Optional<ObjectNode> content) {}

    enum Order {
        UP
    }

    @SpecEndpoint(operationId = "a", auth = NONE, rateLimited = false)
    @GetMapping("/_matrix/test/rooms/{roomId}/event/{eventId}")
    Echo event(@PathVariable RoomId roomId, @PathVariable EventId eventId) {
        return new Echo(roomId.value(), Optional.of(eventId.value()));
    }

    @SpecEndpoint(operationId = "b", auth = NONE, rateLimited = false)
    @PutMapping({"/_matrix/test/state/{eventType}", "/_matrix/test/state/{eventType}/{stateKey}"})
    Echo state(
            @PathVariable String eventType,
            @PathVariable(required = false) Optional<String> stateKey) {
        return new Echo(eventType, stateKey);
    }

    @SpecEndpoint(operationId = "c", auth = NONE, rateLimited = false)
    @GetMapping("/_matrix/test/join/{roomIdOrAlias}")
    Echo join(
            @PathVariable RoomIdOrAlias roomIdOrAlias,
            @RequestParam int limit,
            @RequestParam Optional<UserId> from,
            @RequestParam Optional<Order> order) {
        return new Echo(roomIdOrAlias.value(), from.map(UserId::value));
    }

    @SpecEndpoint(operationId = "d", auth = NONE, rateLimited = false)
    @PostMapping("/_matrix/test/kick")
    Echo kick(@RequestBody Kick kick) {
        return new Echo(kick.userId().value(), kick.reason());
    }

    @SpecEndpoint(operationId = "e", auth = NONE, rateLimited = false)
    @PostMapping("/_matrix/test/nested")
    Nested nested(@RequestBody Nested nested) {
        return nested;
    }

    @SpecEndpoint(operationId = "f", auth = NONE, rateLimited = false)
    @PostMapping("/_matrix/test/canonical")
    CanonicalJson canonical(@RequestBody CanonicalJson content) {
        return content;
    }

    @SpecEndpoint(operationId = "g", auth = NONE, rateLimited = false)
    @PostMapping("/_matrix/test/lenient")
    ObjectNode lenient(@RequestBody(required = false) ObjectNode body) {
        return body;
    }

    @SpecEndpoint(operationId = "h", auth = NONE, rateLimited = false)
    @PostMapping("/_matrix/test/form")
    Echo form(FormBody form, @RequestParam Optional<String> session) {
        return new Echo(form.first("name").orElse(""), session);
    }

    @SpecEndpoint(operationId = "i", auth = ACCESS_TOKEN, rateLimited = false)
    @GetMapping("/_matrix/test/whoami")
    Echo whoami(Requester requester) {
        return new Echo(requester.userId().value(), Optional.empty());
    }

    @SpecEndpoint(operationId = "j", auth = GUEST_TOKEN, rateLimited = false)
    @GetMapping("/_matrix/test/guests")
    Echo guests(Requester requester) {
        return whoami(requester);
    }

    @SpecEndpoint(operationId = "k", auth = ADMIN, rateLimited = false)
    @GetMapping("/_matrix/test/admins")
    Echo admins(Requester requester) {
        return whoami(requester);
    }

    @SpecEndpoint(operationId = "l", auth = OPTIONAL, rateLimited = false)
    @GetMapping("/_matrix/test/anybody")
    Echo anybody(Optional<Requester> requester) {
        return new Echo("", requester.map(known -> known.userId().value()));
    }

    @SpecEndpoint(operationId = "m", auth = ACCESS_TOKEN, rateLimited = false, lockedAllowed = true)
    @PostMapping("/_matrix/test/logout")
    EmptyResponse logout() {
        return EmptyResponse.INSTANCE;
    }

    @SpecEndpoint(operationId = "n", auth = NONE, rateLimited = false)
    @GetMapping("/_matrix/test/broken")
    EmptyResponse broken() {
        throw new IllegalStateException("s3cret");
    }

    @SpecEndpoint(operationId = "o", auth = NONE, rateLimited = false)
    @GetMapping("/_matrix/test/limited")
    EmptyResponse limited() {
        throw new MatrixException(
                ErrorCode.M_LIMIT_EXCEEDED, 429, "Slowly", Map.of("retry_after_ms", 1001L));
    }

    @SpecEndpoint(operationId = "p", auth = NONE, rateLimited = false)
    @GetMapping("/_matrix/test/facts")
    Echo facts(ClientAddress address, RequestDomain domain) {
        return new Echo(address.value(), Optional.of(domain.name().value()));
    }

    @SpecEndpoint(operationId = "q", auth = ACCESS_TOKEN, rateLimited = false)
    @GetMapping("/_matrix/test/later")
    DeferredResult<Echo> later(Requester requester) {
        var later = new DeferredResult<Echo>(5_000L);
        Thread.startVirtualThread(() -> later.setResult(whoami(requester)));
        return later;
    }
}
