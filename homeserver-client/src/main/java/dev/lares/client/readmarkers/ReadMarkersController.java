package dev.lares.client.readmarkers;

import static dev.lares.core.web.SpecEndpoint.Access.ACCESS_TOKEN;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.lares.core.id.EventId;
import dev.lares.core.id.RoomId;
import dev.lares.core.receipt.ReceiptService;
import dev.lares.core.receipt.ReceiptType;
import dev.lares.core.web.EmptyResponse;
import dev.lares.core.web.Requester;
import dev.lares.core.web.SpecEndpoint;
import java.util.EnumMap;
import java.util.Optional;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// [Read and unread
/// markers](https://spec.matrix.org/v1.19/client-server-api/#read-and-unread-markers). Only who is
/// in the room may set one.
@RestController
class ReadMarkersController {
    private final ReceiptService receipts;

    ReadMarkersController(ReceiptService receipts) {
        this.receipts = receipts;
    }

    /// `POST /_matrix/client/v3/rooms/{roomId}/read_markers`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3roomsroomidread_markers))
    @SpecEndpoint(operationId = "setReadMarker", auth = ACCESS_TOKEN, rateLimited = true)
    @PostMapping({
        "/_matrix/client/v3/rooms/{roomId}/read_markers",
        "/_matrix/client/r0/rooms/{roomId}/read_markers"
    })
    EmptyResponse setReadMarker(
            Requester requester, @PathVariable RoomId roomId, @RequestBody MarkersRequest markers) {
        var unthreaded = new EnumMap<ReceiptType, EventId>(ReceiptType.class);
        markers.read().ifPresent(event -> unthreaded.put(ReceiptType.READ, event));
        markers.readPrivate().ifPresent(event -> unthreaded.put(ReceiptType.READ_PRIVATE, event));
        receipts.mark(requester.userNid(), roomId, unthreaded, markers.fullyRead());
        return EmptyResponse.INSTANCE;
    }

    record MarkersRequest(
            @JsonProperty("m.fully_read") Optional<EventId> fullyRead,
            @JsonProperty("m.read") Optional<EventId> read,
            @JsonProperty("m.read.private") Optional<EventId> readPrivate) {}
}
