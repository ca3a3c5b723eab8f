package dev.lares.client.roomsummary;

import static dev.lares.core.web.SpecEndpoint.Access.OPTIONAL;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.lares.client.roomsummary.RoomSummaryService.Summary;
import dev.lares.core.id.RoomIdOrAlias;
import dev.lares.core.id.ServerName;
import dev.lares.core.membership.Membership;
import dev.lares.core.roomversion.RoomVersion;
import dev.lares.core.web.Requester;
import dev.lares.core.web.SpecEndpoint;
import java.util.List;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// [Room
/// summaries](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv1room_summaryroomidoralias):
/// for who may join, knock or read, logged in or not. The servers named by `via` are checked and
/// not asked: this server does not federate.
@RestController
class RoomSummaryController {
    private final RoomSummaryService summaries;

    RoomSummaryController(RoomSummaryService summaries) {
        this.summaries = summaries;
    }

    /// `GET /_matrix/client/v1/room_summary/{roomIdOrAlias}`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv1room_summaryroomidoralias))
    @SpecEndpoint(operationId = "getRoomSummary", auth = OPTIONAL, rateLimited = false)
    @GetMapping("/_matrix/client/v1/room_summary/{roomIdOrAlias}")
    SummaryResponse getRoomSummary(
            Optional<Requester> requester,
            @PathVariable RoomIdOrAlias roomIdOrAlias,
            @RequestParam Optional<List<ServerName>> via) {
        return response(summaries.summarise(requester, roomIdOrAlias));
    }

    /// `GET /_matrix/client/unstable/im.nheko.summary/rooms/{roomIdOrAlias}/summary` and
    /// `…/summary/{roomIdOrAlias}`, as the proposal had it: with two names more.
    @SpecEndpoint(
            operationId = "getRoomSummaryUnstable",
            auth = OPTIONAL,
            rateLimited = false,
            msc = "MSC3266")
    @GetMapping({
        "/_matrix/client/unstable/im.nheko.summary/rooms/{roomIdOrAlias}/summary",
        "/_matrix/client/unstable/im.nheko.summary/summary/{roomIdOrAlias}"
    })
    UnstableSummaryResponse getRoomSummaryUnstable(
            Optional<Requester> requester,
            @PathVariable RoomIdOrAlias roomIdOrAlias,
            @RequestParam Optional<List<ServerName>> via) {
        var summary = summaries.summarise(requester, roomIdOrAlias);
        return new UnstableSummaryResponse(
                response(summary),
                summary.preview().encryption(),
                summary.preview().room().version());
    }

    private static SummaryResponse response(Summary summary) {
        return new SummaryResponse(
                RoomSummaryBody.of(summary.preview()), summary.membership().map(Membership::value));
    }

    record SummaryResponse(@JsonUnwrapped RoomSummaryBody room, Optional<String> membership) {}

    record UnstableSummaryResponse(
            @JsonUnwrapped SummaryResponse summary,
            @JsonProperty("im.nheko.summary.encryption") Optional<String> encryption,
            @JsonProperty("im.nheko.summary.room_version") RoomVersion version) {}
}
