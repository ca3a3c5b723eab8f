package dev.lares.client.search;

import static dev.lares.core.web.SpecEndpoint.Access.ACCESS_TOKEN;

import dev.lares.core.web.Requester;
import dev.lares.core.web.SpecEndpoint;
import jakarta.validation.Valid;
import java.util.Optional;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// [Server side search](https://spec.matrix.org/v1.19/client-server-api/#server-side-search).
@RestController
class SearchController {
    private final SearchService search;

    SearchController(SearchService search) {
        this.search = search;
    }

    /// `POST /_matrix/client/v3/search`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3search)): at
    /// most 100 results a page, 10 where the filter does not say. What was just said is found a
    /// moment later. An edited message is found by what it says now.
    @SpecEndpoint(operationId = "search", auth = ACCESS_TOKEN, rateLimited = true)
    @PostMapping({"/_matrix/client/v3/search", "/_matrix/client/r0/search"})
    SearchResponse search(
            Requester requester,
            @RequestParam(name = "next_batch") Optional<String> nextBatch,
            @Valid @RequestBody SearchRequest request) {
        return search.find(requester, request, nextBatch);
    }
}
