package dev.lares.client.authfallback;

import static dev.lares.core.web.SpecEndpoint.Access.NONE;

import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.uia.AuthData;
import dev.lares.core.uia.UiaService;
import dev.lares.core.uia.UiaStage;
import dev.lares.core.web.SpecEndpoint;
import dev.lares.core.web.body.FormBody;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// [Fallback](https://spec.matrix.org/v1.19/client-server-api/#fallback) pages of user-interactive
/// authentication.
@RestController
class AuthFallbackController {
    private final UiaService uia;
    private final StagePages pages;

    AuthFallbackController(UiaService uia, StagePages pages) {
        this.uia = uia;
        this.pages = pages;
    }

    /// `GET /_matrix/client/v3/auth/{stage}/fallback/web`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#fallback)). A page in any case;
    /// `M_UNRECOGNIZED` where the stage is none that we offer.
    @SpecEndpoint(operationId = "authFallback", auth = NONE, rateLimited = true)
    @GetMapping({
        "/_matrix/client/v3/auth/{stage}/fallback/web",
        "/_matrix/client/r0/auth/{stage}/fallback/web"
    })
    ResponseEntity<byte[]> authFallback(@PathVariable String stage, @RequestParam String session) {
        var known = stage(stage);
        if (!uia.alive(session)) {
            return StagePages.expired().answer();
        }
        return pages.form(known, session, HttpStatus.OK, Optional.empty()).answer();
    }

    /// `POST /_matrix/client/v3/auth/{stage}/fallback/web`: the form of the page.
    @SpecEndpoint(operationId = "authFallbackSubmit", auth = NONE, rateLimited = true)
    @PostMapping({
        "/_matrix/client/v3/auth/{stage}/fallback/web",
        "/_matrix/client/r0/auth/{stage}/fallback/web"
    })
    ResponseEntity<byte[]> authFallbackSubmit(@PathVariable String stage, FormBody form) {
        var known = stage(stage);
        var session = form.first("session").orElse("");
        if (!uia.alive(session)) {
            return StagePages.expired().answer();
        }
        if (known == UiaStage.TERMS && form.first("accepted").isEmpty()) {
            return pages.form(
                            known,
                            session,
                            HttpStatus.BAD_REQUEST,
                            Optional.of("Please accept the documents to go on"))
                    .answer();
        }
        var problem = uia.completeElsewhere(session, known, authData(form));
        if (problem.isPresent()) {
            return pages.form(known, session, HttpStatus.UNAUTHORIZED, problem).answer();
        }
        return StagePages.done().answer();
    }

    private static AuthData authData(FormBody form) {
        return new AuthData(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                form.first("password"),
                form.first("token"));
    }

    private static UiaStage stage(String type) {
        return UiaStage.find(type)
                .orElseThrow(() -> new MatrixException(ErrorCode.M_UNRECOGNIZED, "No such stage"));
    }
}
