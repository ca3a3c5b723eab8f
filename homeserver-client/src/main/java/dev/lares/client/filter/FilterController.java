package dev.lares.client.filter;

import static dev.lares.core.web.SpecEndpoint.Access.ACCESS_TOKEN;
import static dev.lares.core.web.SpecEndpoint.Access.GUEST_TOKEN;

import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.filter.FilterService;
import dev.lares.core.id.UserId;
import dev.lares.core.web.Requester;
import dev.lares.core.web.SpecEndpoint;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/// [Filtering](https://spec.matrix.org/v1.19/client-server-api/#filtering). Only the user
/// themselves may read or write their filters.
@RestController
class FilterController {
    private final FilterService filters;

    FilterController(FilterService filters) {
        this.filters = filters;
    }

    /// `POST /_matrix/client/v3/user/{userId}/filter`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3useruseridfilter)).
    /// At most 1,000 filters of 64 KiB a user.
    @SpecEndpoint(operationId = "defineFilter", auth = GUEST_TOKEN, rateLimited = false)
    @PostMapping({
        "/_matrix/client/v3/user/{userId}/filter",
        "/_matrix/client/r0/user/{userId}/filter"
    })
    FilterResponse defineFilter(
            Requester requester, @PathVariable UserId userId, @RequestBody ObjectNode filter) {
        requireSelf(requester, userId);
        return new FilterResponse(filters.store(requester.userNid(), filter));
    }

    /// `GET /_matrix/client/v3/user/{userId}/filter/{filterId}`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3useruseridfilterfilterid))
    @SpecEndpoint(operationId = "getFilter", auth = ACCESS_TOKEN, rateLimited = false)
    @GetMapping({
        "/_matrix/client/v3/user/{userId}/filter/{filterId}",
        "/_matrix/client/r0/user/{userId}/filter/{filterId}"
    })
    ObjectNode getFilter(
            Requester requester, @PathVariable UserId userId, @PathVariable String filterId) {
        requireSelf(requester, userId);
        return filters.findJson(requester.userNid(), filterId)
                .orElseThrow(() -> new MatrixException(ErrorCode.M_NOT_FOUND, "No such filter"));
    }

    private static void requireSelf(Requester requester, UserId userId) {
        if (!requester.userId().equals(userId)) {
            throw new MatrixException(ErrorCode.M_FORBIDDEN, "Filters are for their own user only");
        }
    }

    record FilterResponse(String filterId) {}
}
