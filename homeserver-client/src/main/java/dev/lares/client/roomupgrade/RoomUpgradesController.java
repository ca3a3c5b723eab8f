package dev.lares.client.roomupgrade;

import static dev.lares.core.web.SpecEndpoint.Access.ACCESS_TOKEN;

import dev.lares.core.id.RoomId;
import dev.lares.core.id.UserId;
import dev.lares.core.roomversion.RoomVersion;
import dev.lares.core.web.Requester;
import dev.lares.core.web.SpecEndpoint;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Optional;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// [Room upgrades](https://spec.matrix.org/v1.19/client-server-api/#room-upgrades).
@RestController
class RoomUpgradesController {
    private final RoomUpgradeService upgrades;

    RoomUpgradesController(RoomUpgradeService upgrades) {
        this.upgrades = upgrades;
    }

    /// `POST /_matrix/client/v3/rooms/{roomId}/upgrade`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3roomsroomidupgrade)):
    /// to any version, older ones included, by who may send a tombstone; at most 100 additional
    /// creators. `M_FORBIDDEN` to others, `M_UNSUPPORTED_ROOM_VERSION`.
    @SpecEndpoint(
            operationId = "upgradeRoom",
            auth = ACCESS_TOKEN,
            rateLimited = false,
            suspendedAllowed = false)
    @PostMapping({
        "/_matrix/client/v3/rooms/{roomId}/upgrade",
        "/_matrix/client/r0/rooms/{roomId}/upgrade"
    })
    UpgradeResponse upgradeRoom(
            Requester requester,
            @PathVariable RoomId roomId,
            @Valid @RequestBody UpgradeRequest request) {
        var version = RoomVersion.get(request.newVersion());
        var creators = request.additionalCreators().orElse(List.of());
        return new UpgradeResponse(upgrades.upgrade(requester, roomId, version, creators));
    }

    record UpgradeRequest(
            @NotNull String newVersion,
            Optional<@Size(max = CREATORS_MAX) List<@NotNull UserId>> additionalCreators) {
        static final int CREATORS_MAX = 100;
    }

    record UpgradeResponse(RoomId replacementRoom) {}
}
