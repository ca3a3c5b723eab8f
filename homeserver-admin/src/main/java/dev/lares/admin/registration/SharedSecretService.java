package dev.lares.admin.registration;

import dev.lares.admin.registration.SharedSecretController.RegisterRequest;
import dev.lares.core.account.Account;
import dev.lares.core.account.AccountService;
import dev.lares.core.account.Admission;
import dev.lares.core.account.Localparts;
import dev.lares.core.account.NewAccount;
import dev.lares.core.account.RegistrationProperties;
import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.id.ServerName;
import dev.lares.core.profile.ProfileService;
import dev.lares.core.secret.SealedValues;
import dev.lares.core.secret.TokenHash;
import dev.lares.core.token.DeviceLogin;
import dev.lares.core.token.Session;
import dev.lares.core.token.SessionService;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Service;

/// Checks nonce and MAC, and makes the account.
@Service
class SharedSecretService {
    private static final Duration NONCE_LIFETIME = Duration.ofMinutes(1);
    private static final String PURPOSE = "shared-secret-registration";
    private static final String MAC_ALGORITHM = "HmacSHA1";

    private final RegistrationProperties properties;
    private final UsedNonceRepository usedNonces;
    private final SealedValues sealed;
    private final AccountService accounts;
    private final SessionService sessions;
    private final ProfileService profiles;
    private final Clock clock;

    SharedSecretService(
            RegistrationProperties properties,
            UsedNonceRepository usedNonces,
            SealedValues sealed,
            AccountService accounts,
            SessionService sessions,
            ProfileService profiles,
            Clock clock) {
        this.properties = properties;
        this.usedNonces = usedNonces;
        this.sealed = sealed;
        this.accounts = accounts;
        this.sessions = sessions;
        this.profiles = profiles;
        this.clock = clock;
    }

    String createNonce() {
        requireOn();
        return sealed.seal(PURPOSE, new byte[0], NONCE_LIFETIME);
    }

    Account register(RegisterRequest request, ServerName domain) {
        requireOn();
        if (sealed.open(PURPOSE, request.nonce()).isEmpty()) {
            throw unknownNonce();
        }
        requireMac(request);
        var now = Instant.now(clock);
        usedNonces.deleteExpired(now);
        if (!usedNonces.insertIfAbsent(TokenHash.of(request.nonce()), now.plus(NONCE_LIFETIME))) {
            throw unknownNonce();
        }
        var userId = Localparts.newUserId(request.username(), domain);
        var kind = request.admin().orElse(false) ? NewAccount.Kind.ADMIN : NewAccount.Kind.USER;
        var account =
                accounts.create(
                        new NewAccount(userId, Optional.of(request.password()), kind),
                        new Admission.Free());
        request.displayname().ifPresent(name -> profiles.setInitialName(account, name));
        return account;
    }

    Session logIn(Account account, DeviceLogin device) {
        return sessions.open(account, device);
    }

    private void requireOn() {
        if (properties.sharedSecret().isEmpty()) {
            throw new MatrixException(
                    ErrorCode.M_UNKNOWN, 400, "Shared secret registration is not enabled");
        }
    }

    private void requireMac(RegisterRequest request) {
        byte[] given;
        try {
            given = HexFormat.of().parseHex(request.mac().toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new MatrixException(ErrorCode.M_INVALID_PARAM, "mac is not hexadecimal");
        }
        if (!MessageDigest.isEqual(expectedMac(request), given)) {
            throw new MatrixException(ErrorCode.M_FORBIDDEN, "HMAC incorrect");
        }
    }

    private byte[] expectedMac(RegisterRequest request) {
        var covered =
                String.join(
                        "\0",
                        request.nonce(),
                        request.username(),
                        request.password(),
                        request.admin().orElse(false) ? "admin" : "notadmin");
        if (request.userType().isPresent()) {
            covered += "\0" + request.userType().get();
        }
        try {
            var mac = Mac.getInstance(MAC_ALGORITHM);
            var secret = properties.sharedSecret().getBytes(StandardCharsets.UTF_8);
            mac.init(new SecretKeySpec(secret, MAC_ALGORITHM));
            return mac.doFinal(covered.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has " + MAC_ALGORITHM, e);
        }
    }

    private static MatrixException unknownNonce() {
        return new MatrixException(
                ErrorCode.M_UNKNOWN, 400, "The nonce is not known, was used or has expired");
    }
}
