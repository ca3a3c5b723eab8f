package dev.lares.client.versions;

import static dev.lares.core.web.SpecEndpoint.Access.NONE;

import dev.lares.core.web.SpecEndpoint;
import dev.lares.core.web.SpecEndpoints;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// [API versions](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientversions).
@RestController
class VersionsController {
    private static final CacheControl CACHED =
            CacheControl.maxAge(Duration.ofMinutes(10))
                    .cachePublic()
                    .sMaxAge(Duration.ofHours(1))
                    .staleWhileRevalidate(Duration.ofMinutes(10));

    private final SpecEndpoints endpoints;

    VersionsController(SpecEndpoints endpoints) {
        this.endpoints = endpoints;
    }

    /// `GET /_matrix/client/versions`: for anybody, the same for everybody, and so a token that is
    /// sent is not looked at: a client with a stale one is to learn how to log in again.
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientversions))
    @SpecEndpoint(operationId = "getVersions", auth = NONE, rateLimited = false)
    @GetMapping("/_matrix/client/versions")
    ResponseEntity<VersionsResponse> getVersions() {
        var features = new LinkedHashMap<String, Boolean>();
        for (var feature : UnstableFeature.values()) {
            if (feature.operations().stream().allMatch(endpoints::has)) {
                features.put(feature.flag(), true);
            }
        }
        return ResponseEntity.ok()
                .cacheControl(CACHED)
                .body(new VersionsResponse(SpecVersions.ALL, features));
    }

    record VersionsResponse(List<String> versions, Map<String, Boolean> unstableFeatures) {}
}
