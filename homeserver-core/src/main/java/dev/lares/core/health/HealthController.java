package dev.lares.core.health;

import static dev.lares.core.web.SpecEndpoint.Access.NONE;

import dev.lares.core.web.SpecEndpoint;
import java.util.List;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// Answers what load balancers and container engines ask. Not of the specification.
@RestController
class HealthController {
    private final List<ReadinessCheck> checks;

    HealthController(List<ReadinessCheck> checks) {
        this.checks = List.copyOf(checks);
    }

    /// `GET /health`: 200 `OK` while requests are answered at all.
    @SpecEndpoint(operationId = "health", auth = NONE, rateLimited = false)
    @GetMapping("/health")
    ResponseEntity<String> health() {
        return text(200, "OK");
    }

    /// `GET /livez`: 200 `OK` while the process need not be killed.
    @SpecEndpoint(operationId = "livez", auth = NONE, rateLimited = false)
    @GetMapping("/livez")
    ResponseEntity<String> livez() {
        return text(200, "OK");
    }

    /// `GET /readyz`: 200 `OK`, or 503 and what is wrong, one line each.
    @SpecEndpoint(operationId = "readyz", auth = NONE, rateLimited = false)
    @GetMapping("/readyz")
    ResponseEntity<String> readyz() {
        var problems =
                checks.stream().map(ReadinessCheck::problem).flatMap(Optional::stream).toList();
        return problems.isEmpty() ? text(200, "OK") : text(503, String.join("\n", problems));
    }

    private static ResponseEntity<String> text(int status, String text) {
        return ResponseEntity.status(status).contentType(MediaType.TEXT_PLAIN).body(text);
    }
}
