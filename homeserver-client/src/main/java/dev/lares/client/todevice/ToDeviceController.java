package dev.lares.client.todevice;

import static dev.lares.core.web.SpecEndpoint.Access.GUEST_TOKEN;

import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.todevice.ToDeviceSendingService;
import dev.lares.core.web.EmptyResponse;
import dev.lares.core.web.Requester;
import dev.lares.core.web.SpecEndpoint;
import dev.lares.core.web.body.LaxNumbers;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/// [Send-to-device
/// messaging](https://spec.matrix.org/v1.19/client-server-api/#send-to-device-messaging).
@RestController
class ToDeviceController {
    private final ToDeviceSendingService sending;

    ToDeviceController(ToDeviceSendingService sending) {
        this.sending = sending;
    }

    /// `PUT /_matrix/client/v3/sendToDevice/{eventType}/{txnId}`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#put_matrixclientv3sendtodeviceeventtypetxnid)):
    /// a repeated request sends nothing. At most 10,000 messages of at most 64 KiB.
    @SpecEndpoint(operationId = "sendToDevice", auth = GUEST_TOKEN, rateLimited = false)
    @PutMapping({
        "/_matrix/client/v3/sendToDevice/{eventType}/{txnId}",
        "/_matrix/client/r0/sendToDevice/{eventType}/{txnId}"
    })
    EmptyResponse sendToDevice(
            Requester requester,
            @PathVariable String eventType,
            @PathVariable String txnId,
            @RequestBody @LaxNumbers ObjectNode request) {
        if (!(request.get("messages") instanceof ObjectNode messages)) {
            throw new MatrixException(ErrorCode.M_BAD_JSON, "'messages' is missing or no object");
        }
        sending.send(requester, eventType, txnId, messages);
        return EmptyResponse.INSTANCE;
    }
}
