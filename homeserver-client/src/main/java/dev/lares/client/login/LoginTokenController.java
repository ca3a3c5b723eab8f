package dev.lares.client.login;

import static dev.lares.core.web.SpecEndpoint.Access.ACCESS_TOKEN;

import dev.lares.core.token.LoginTokenService;
import dev.lares.core.uia.AuthData;
import dev.lares.core.uia.UiaFlow;
import dev.lares.core.uia.UiaOperation;
import dev.lares.core.uia.UiaService;
import dev.lares.core.uia.UiaStage;
import dev.lares.core.web.Requester;
import dev.lares.core.web.SpecEndpoint;
import java.util.List;
import java.util.Optional;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// Tokens with which a user signs in further clients.
@RestController
class LoginTokenController {
    private final LoginTokenService loginTokens;
    private final UiaService uia;

    LoginTokenController(LoginTokenService loginTokens, UiaService uia) {
        this.loginTokens = loginTokens;
        this.uia = uia;
    }

    /// `POST /_matrix/client/v1/login/get_token`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv1loginget_token)).
    /// Asks for the password each time.
    @SpecEndpoint(operationId = "generateLoginToken", auth = ACCESS_TOKEN, rateLimited = true)
    @PostMapping("/_matrix/client/v1/login/get_token")
    TokenResponse generateLoginToken(
            Requester requester, @RequestBody(required = false) TokenRequest request) {
        var operation =
                new UiaOperation(
                        "generateLoginToken",
                        Optional.of(requester),
                        List.of(UiaFlow.of(UiaStage.PASSWORD)),
                        List.of());
        var pass = uia.require(operation, request.auth());
        var token = loginTokens.create(requester.userNid());
        uia.finish(pass);
        return new TokenResponse(token.token(), token.lifetime().toMillis());
    }

    record TokenRequest(Optional<AuthData> auth) {}

    record TokenResponse(String loginToken, long expiresInMs) {}
}
