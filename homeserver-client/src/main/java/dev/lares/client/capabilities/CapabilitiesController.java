package dev.lares.client.capabilities;

import static dev.lares.core.web.SpecEndpoint.Access.GUEST_TOKEN;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.lares.core.roomversion.DefaultRoomVersion;
import dev.lares.core.roomversion.RoomVersion;
import dev.lares.core.web.Requester;
import dev.lares.core.web.SpecEndpoint;
import dev.lares.core.web.SpecEndpoints;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// [Capabilities
/// negotiation](https://spec.matrix.org/v1.19/client-server-api/#capabilities-negotiation).
@RestController
class CapabilitiesController {
    private final SpecEndpoints endpoints;
    private final DefaultRoomVersion defaultVersion;

    CapabilitiesController(SpecEndpoints endpoints, DefaultRoomVersion defaultVersion) {
        this.endpoints = endpoints;
        this.defaultVersion = defaultVersion;
    }

    /// `GET /_matrix/client/v3/capabilities`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3capabilities))
    @SpecEndpoint(operationId = "getCapabilities", auth = GUEST_TOKEN, rateLimited = true)
    @GetMapping({"/_matrix/client/v3/capabilities", "/_matrix/client/r0/capabilities"})
    CapabilitiesResponse getCapabilities(Requester requester) {
        var profile = new Enabled(endpoints.has("setProfileField"));
        return new CapabilitiesResponse(
                new Capabilities(
                        new Enabled(!requester.guest() && endpoints.has("changePassword")),
                        RoomVersions.of(defaultVersion.get()),
                        profile,
                        profile,
                        new Enabled(!requester.guest() && endpoints.has("add3PID")),
                        new Enabled(!requester.guest() && endpoints.has("generateLoginToken")),
                        profile,
                        profile,
                        requester.admin() && endpoints.has("setAdminLockUser")
                                ? Optional.of(new AccountModeration(true, true))
                                : Optional.empty()));
    }

    record CapabilitiesResponse(Capabilities capabilities) {}

    record Capabilities(
            @JsonProperty("m.change_password") Enabled changePassword,
            @JsonProperty("m.room_versions") RoomVersions roomVersions,
            @JsonProperty("m.set_displayname") Enabled setDisplayname,
            @JsonProperty("m.set_avatar_url") Enabled setAvatarUrl,
            @JsonProperty("m.3pid_changes") Enabled threePidChanges,
            @JsonProperty("m.get_login_token") Enabled getLoginToken,
            @JsonProperty("m.profile_fields") Enabled profileFields,
            @JsonProperty("uk.tcpip.msc4133.profile_fields") Enabled profileFieldsUnstable,
            @JsonProperty("m.account_moderation") Optional<AccountModeration> accountModeration) {}

    record AccountModeration(boolean lock, boolean suspend) {}

    record Enabled(boolean enabled) {}

    /// @param available stability by version
    record RoomVersions(
            @JsonProperty("default") RoomVersion defaultVersion, Map<String, String> available) {
        static RoomVersions of(RoomVersion defaultVersion) {
            var available = new LinkedHashMap<String, String>();
            for (var version : RoomVersion.values()) {
                available.put(version.id(), "stable");
            }
            return new RoomVersions(defaultVersion, available);
        }
    }
}
