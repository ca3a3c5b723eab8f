package dev.lares.client.reporting;

import static dev.lares.core.web.SpecEndpoint.Access.ACCESS_TOKEN;

import dev.lares.core.id.EventId;
import dev.lares.core.id.RoomId;
import dev.lares.core.id.UserId;
import dev.lares.core.report.ReportService;
import dev.lares.core.web.EmptyResponse;
import dev.lares.core.web.Requester;
import dev.lares.core.web.SpecEndpoint;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.Optional;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// [Reporting content](https://spec.matrix.org/v1.19/client-server-api/#reporting-content). Reasons
/// have at most 1,000 characters.
@RestController
class ReportingController {
    private final ReportService reports;

    ReportingController(ReportService reports) {
        this.reports = reports;
    }

    /// `POST /_matrix/client/v3/rooms/{roomId}/report/{eventId}`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3roomsroomidreporteventid)):
    /// for members of the room, of events that they may see.
    @SpecEndpoint(operationId = "reportEvent", auth = ACCESS_TOKEN, rateLimited = false)
    @PostMapping({
        "/_matrix/client/v3/rooms/{roomId}/report/{eventId}",
        "/_matrix/client/r0/rooms/{roomId}/report/{eventId}"
    })
    EmptyResponse reportEvent(
            Requester requester,
            @PathVariable RoomId roomId,
            @PathVariable EventId eventId,
            @Valid @RequestBody EventReport report) {
        reports.reportEvent(requester, roomId, eventId, report.reason());
        return EmptyResponse.INSTANCE;
    }

    record EventReport(Optional<String> reason) {}

    /// `POST /_matrix/client/v3/rooms/{roomId}/report`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3roomsroomidreport)):
    /// answered alike whether there is such a room or not.
    @SpecEndpoint(operationId = "reportRoom", auth = ACCESS_TOKEN, rateLimited = true)
    @PostMapping("/_matrix/client/v3/rooms/{roomId}/report")
    EmptyResponse reportRoom(
            Requester requester, @PathVariable RoomId roomId, @Valid @RequestBody Report report) {
        reports.reportRoom(requester, roomId, report.reason());
        return EmptyResponse.INSTANCE;
    }

    /// `POST /_matrix/client/v3/users/{userId}/report`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3usersuseridreport)):
    /// answered alike whether there is such a user or not.
    @SpecEndpoint(operationId = "reportUser", auth = ACCESS_TOKEN, rateLimited = true)
    @PostMapping("/_matrix/client/v3/users/{userId}/report")
    EmptyResponse reportUser(
            Requester requester, @PathVariable UserId userId, @Valid @RequestBody Report report) {
        reports.reportUser(requester, userId, report.reason());
        return EmptyResponse.INSTANCE;
    }

    record Report(@NotNull String reason) {}
}
