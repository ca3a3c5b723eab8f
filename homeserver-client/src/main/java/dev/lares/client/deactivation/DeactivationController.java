package dev.lares.client.deactivation;

import static dev.lares.core.web.SpecEndpoint.Access.OPTIONAL;

import dev.lares.core.account.AccountService.Erasure;
import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.uia.AuthData;
import dev.lares.core.web.Requester;
import dev.lares.core.web.SpecEndpoint;
import jakarta.validation.Valid;
import java.util.Optional;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// [Account deactivation](https://spec.matrix.org/v1.19/client-server-api/#account-deactivation).
@RestController
class DeactivationController {
    /// Nothing of the user is known to an identity server.
    private static final String UNBOUND = "success";

    private final DeactivationService deactivation;

    DeactivationController(DeactivationService deactivation) {
        this.deactivation = deactivation;
    }

    /// `POST /_matrix/client/v3/account/deactivate`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3accountdeactivate)).
    /// Asks for the password, and is for who is logged in: `M_MISSING_TOKEN` else.
    @SpecEndpoint(operationId = "deactivateAccount", auth = OPTIONAL, rateLimited = true)
    @PostMapping({"/_matrix/client/v3/account/deactivate", "/_matrix/client/r0/account/deactivate"})
    DeactivationResponse deactivateAccount(
            Optional<Requester> requester, @Valid @RequestBody DeactivationRequest request) {
        var owner =
                requester.orElseThrow(() ->
                        new MatrixException(
                                ErrorCode.M_MISSING_TOKEN,
                                "Only who is logged in can deactivate the account"));
        deactivation.deactivate(
                owner,
                request.erase().orElse(false) ? Erasure.ERASE : Erasure.KEEP,
                request.auth());
        return new DeactivationResponse(UNBOUND);
    }

    record DeactivationRequest(
            Optional<AuthData> auth, Optional<String> idServer, Optional<Boolean> erase) {}

    record DeactivationResponse(String idServerUnbindResult) {}
}
