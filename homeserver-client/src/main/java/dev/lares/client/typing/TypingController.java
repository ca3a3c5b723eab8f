package dev.lares.client.typing;

import static dev.lares.core.web.SpecEndpoint.Access.ACCESS_TOKEN;

import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.id.RoomId;
import dev.lares.core.id.UserId;
import dev.lares.core.typing.TypingService;
import dev.lares.core.web.EmptyResponse;
import dev.lares.core.web.Requester;
import dev.lares.core.web.SpecEndpoint;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.Optional;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// [Typing notifications](https://spec.matrix.org/v1.19/client-server-api/#typing-notifications).
@RestController
class TypingController {
    /// Where a client does not say how long it types.
    private static final long TIMEOUT_DEFAULT_MILLIS = 30_000;

    private final TypingService typing;

    TypingController(TypingService typing) {
        this.typing = typing;
    }

    /// `PUT /_matrix/client/v3/rooms/{roomId}/typing/{userId}`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#put_matrixclientv3roomsroomidtypinguserid)).
    /// Only the user themselves, while in the room. A timeout above two minutes counts as two
    /// minutes.
    @SpecEndpoint(
            operationId = "setTyping",
            auth = ACCESS_TOKEN,
            rateLimited = true,
            suspendedAllowed = false)
    @PutMapping({
        "/_matrix/client/v3/rooms/{roomId}/typing/{userId}",
        "/_matrix/client/r0/rooms/{roomId}/typing/{userId}"
    })
    EmptyResponse setTyping(
            Requester requester,
            @PathVariable RoomId roomId,
            @PathVariable UserId userId,
            @Valid @RequestBody TypingRequest request) {
        if (!requester.userId().equals(userId)) {
            throw new MatrixException(ErrorCode.M_FORBIDDEN, "You type for yourself only");
        }
        if (request.typing()) {
            long millis = Math.max(0, request.timeout().orElse(TIMEOUT_DEFAULT_MILLIS));
            typing.start(requester.userNid(), roomId, Duration.ofMillis(millis));
        } else {
            typing.stop(requester.userNid(), roomId);
        }
        return EmptyResponse.INSTANCE;
    }

    /// @param timeout milliseconds
    record TypingRequest(@NotNull Boolean typing, Optional<Long> timeout) {}
}
