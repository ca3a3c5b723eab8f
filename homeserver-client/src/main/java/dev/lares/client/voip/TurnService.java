package dev.lares.client.voip;

import dev.lares.client.voip.TurnController.TurnResponse;
import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.web.Requester;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Service;

/// Makes credentials of the kind that TURN servers check by a secret they share with us: the name
/// holds the time at which they end, the password is its MAC. TURN servers fix the algorithm.
@Service
@EnableConfigurationProperties(TurnProperties.class)
class TurnService {
    private static final String MAC_ALGORITHM = "HmacSHA1";

    private final TurnProperties properties;
    private final Clock clock;

    TurnService(TurnProperties properties, Clock clock) {
        this.properties = properties;
        this.clock = clock;
    }

    TurnResponse credentials(Requester requester) {
        if (properties.uris().isEmpty()) {
            throw new MatrixException(ErrorCode.M_NOT_FOUND, "There is no TURN server");
        }
        if (requester.guest() && !properties.guests()) {
            throw new MatrixException(
                    ErrorCode.M_GUEST_ACCESS_FORBIDDEN, "Guests may not use the TURN server");
        }
        return properties
                .sharedSecret()
                .map(secret -> temporary(requester, secret))
                .orElseGet(() ->
                        response(
                                properties.username().orElseThrow(),
                                properties.password().orElseThrow()));
    }

    private TurnResponse temporary(Requester requester, String secret) {
        long end = Instant.now(clock).plus(properties.lifetime()).getEpochSecond();
        var username = end + ":" + requester.userId().value();
        return response(username, mac(secret, username));
    }

    private TurnResponse response(String username, String password) {
        return new TurnResponse(
                username, password, properties.uris(), properties.lifetime().toSeconds());
    }

    private static String mac(String secret, String text) {
        try {
            var mac = Mac.getInstance(MAC_ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), MAC_ALGORITHM));
            return Base64.getEncoder()
                    .encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has " + MAC_ALGORITHM, e);
        }
    }
}
