package dev.lares.client.receipts;

import static dev.lares.core.web.SpecEndpoint.Access.ACCESS_TOKEN;

import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.id.EventId;
import dev.lares.core.id.RoomId;
import dev.lares.core.receipt.ReceiptService;
import dev.lares.core.receipt.ReceiptType;
import dev.lares.core.web.EmptyResponse;
import dev.lares.core.web.Requester;
import dev.lares.core.web.SpecEndpoint;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/// [Receipts](https://spec.matrix.org/v1.19/client-server-api/#receipts). Only who is in the room
/// may send one.
@RestController
class ReceiptsController {
    private static final String FULLY_READ = "m.fully_read";

    private final ReceiptService receipts;

    ReceiptsController(ReceiptService receipts) {
        this.receipts = receipts;
    }

    /// `POST /_matrix/client/v3/rooms/{roomId}/receipt/{receiptType}/{eventId}`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3roomsroomidreceiptreceipttypeeventid))
    @SpecEndpoint(operationId = "postReceipt", auth = ACCESS_TOKEN, rateLimited = true)
    @PostMapping({
        "/_matrix/client/v3/rooms/{roomId}/receipt/{receiptType}/{eventId}",
        "/_matrix/client/r0/rooms/{roomId}/receipt/{receiptType}/{eventId}"
    })
    EmptyResponse postReceipt(
            Requester requester,
            @PathVariable RoomId roomId,
            @PathVariable String receiptType,
            @PathVariable EventId eventId,
            @RequestBody ObjectNode body) {
        var threadId = threadId(body);
        if (receiptType.equals(FULLY_READ)) {
            if (!threadId.isEmpty()) {
                throw invalid("'thread_id' does not go with m.fully_read");
            }
            receipts.markFullyRead(requester.userNid(), roomId, eventId);
            return EmptyResponse.INSTANCE;
        }
        var type =
                ReceiptType.find(receiptType)
                        .orElseThrow(() -> invalid("There is no such type of receipt"));
        receipts.receive(requester.userNid(), roomId, type, eventId, threadId);
        return EmptyResponse.INSTANCE;
    }

    private static String threadId(ObjectNode body) {
        var value = body.get("thread_id");
        if (value == null) {
            return ReceiptService.UNTHREADED;
        }
        if (!value.isString()
                || !(value.stringValue().equals(ReceiptService.MAIN_THREAD)
                        || value.stringValue().startsWith("$"))) {
            throw invalid("'thread_id' is main or the event ID of a thread's root");
        }
        return value.stringValue();
    }

    private static MatrixException invalid(String message) {
        return new MatrixException(ErrorCode.M_INVALID_PARAM, message);
    }
}
