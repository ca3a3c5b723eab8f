package dev.lares.client.thirdparty;

import static dev.lares.core.web.SpecEndpoint.Access.ACCESS_TOKEN;

import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.id.RoomAlias;
import dev.lares.core.id.UserId;
import dev.lares.core.json.RawJson;
import dev.lares.core.web.SpecEndpoint;
import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// [Third-party lookups](https://spec.matrix.org/v1.19/client-server-api/#third-party-lookups).
/// This server has no application services, so there are no networks, and nobody and nothing is
/// found in them. As Synapse does, a search in a network that is not there finds nothing and is no
/// error.
@RestController
class ThirdPartyController {
    /// `GET /_matrix/client/v3/thirdparty/protocols`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3thirdpartyprotocols))
    @SpecEndpoint(operationId = "getProtocols", auth = ACCESS_TOKEN, rateLimited = false)
    @GetMapping({
        "/_matrix/client/v3/thirdparty/protocols",
        "/_matrix/client/r0/thirdparty/protocols"
    })
    Map<String, RawJson> getProtocols() {
        return Map.of();
    }

    /// `GET /_matrix/client/v3/thirdparty/protocol/{protocol}`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3thirdpartyprotocolprotocol))
    @SpecEndpoint(operationId = "getProtocolMetadata", auth = ACCESS_TOKEN, rateLimited = false)
    @GetMapping({
        "/_matrix/client/v3/thirdparty/protocol/{protocol}",
        "/_matrix/client/r0/thirdparty/protocol/{protocol}"
    })
    RawJson getProtocolMetadata(@PathVariable String protocol) {
        throw new MatrixException(
                ErrorCode.M_NOT_FOUND, "There is no third-party network " + protocol);
    }

    /// `GET /_matrix/client/v3/thirdparty/location/{protocol}`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3thirdpartylocationprotocol))
    @SpecEndpoint(operationId = "queryLocationByProtocol", auth = ACCESS_TOKEN, rateLimited = false)
    @GetMapping({
        "/_matrix/client/v3/thirdparty/location/{protocol}",
        "/_matrix/client/r0/thirdparty/location/{protocol}"
    })
    List<RawJson> queryLocationByProtocol(@PathVariable String protocol) {
        return List.of();
    }

    /// `GET /_matrix/client/v3/thirdparty/user/{protocol}`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3thirdpartyuserprotocol))
    @SpecEndpoint(operationId = "queryUserByProtocol", auth = ACCESS_TOKEN, rateLimited = false)
    @GetMapping({
        "/_matrix/client/v3/thirdparty/user/{protocol}",
        "/_matrix/client/r0/thirdparty/user/{protocol}"
    })
    List<RawJson> queryUserByProtocol(@PathVariable String protocol) {
        return List.of();
    }

    /// `GET /_matrix/client/v3/thirdparty/location`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3thirdpartylocation))
    @SpecEndpoint(operationId = "queryLocationByAlias", auth = ACCESS_TOKEN, rateLimited = false)
    @GetMapping({
        "/_matrix/client/v3/thirdparty/location",
        "/_matrix/client/r0/thirdparty/location"
    })
    List<RawJson> queryLocationByAlias(@RequestParam RoomAlias alias) {
        throw new MatrixException(
                ErrorCode.M_NOT_FOUND, alias + " is no room of a third-party network");
    }

    /// `GET /_matrix/client/v3/thirdparty/user`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3thirdpartyuser))
    @SpecEndpoint(operationId = "queryUserByID", auth = ACCESS_TOKEN, rateLimited = false)
    @GetMapping({"/_matrix/client/v3/thirdparty/user", "/_matrix/client/r0/thirdparty/user"})
    List<RawJson> queryUserByID(@RequestParam UserId userid) {
        throw new MatrixException(
                ErrorCode.M_NOT_FOUND, userid + " is no user of a third-party network");
    }
}
