package dev.lares.core.token;

import dev.lares.core.account.Account;
import dev.lares.core.device.DeviceChanges;
import dev.lares.core.device.DeviceChanges.NewToken;
import dev.lares.core.device.DeviceNames;
import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.id.DeviceId;
import dev.lares.core.log.AppendItem;
import dev.lares.core.log.LogWriter;
import dev.lares.core.log.StreamRow;
import dev.lares.core.secret.TokenFactory;
import dev.lares.core.secret.TokenHash;
import dev.lares.core.secret.TokenKind;
import dev.lares.core.web.Requester;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Service;

/// Opens and ends sessions: a device with its tokens ([relationship between access tokens and
/// devices](https://spec.matrix.org/v1.19/client-server-api/#relationship-between-access-tokens-and-devices)).
@Service
@EnableConfigurationProperties(TokenProperties.class)
public class SessionService {
    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final int DEVICE_ID_LETTERS = 10;

    private final LogWriter logWriter;
    private final TokenFactory tokens;
    private final TokenProperties properties;
    private final SecureRandom random;
    private final Clock clock;

    SessionService(
            LogWriter logWriter,
            TokenFactory tokens,
            TokenProperties properties,
            SecureRandom random,
            Clock clock) {
        this.logWriter = logWriter;
        this.tokens = tokens;
        this.properties = properties;
        this.random = random;
        this.clock = clock;
    }

    /// Opens a session. The device's earlier tokens end with it, on every replica.
    /// `M_USER_DEACTIVATED`, `M_USER_LOCKED` where the account is; `M_INVALID_PARAM` for a device
    /// display name of more than 100 characters or with a NUL.
    public Session open(Account account, DeviceLogin login) {
        requireUsable(account);
        login.displayName().ifPresent(DeviceNames::require);
        var deviceId = login.deviceId().orElseGet(this::newDeviceId);
        var now = Instant.now(clock);
        var issued = issue(login.refreshing());
        var access =
                new NewToken(TokenHash.of(issued.accessToken()), issued.expiresIn().map(now::plus));
        var refresh =
                issued.refreshToken()
                        .map(token ->
                                new NewToken(
                                        TokenHash.of(token),
                                        Optional.ofNullable(properties.refreshTokenLifetime())
                                                .map(now::plus)));
        append(
                DeviceChanges.login(
                        account.userNid(), deviceId, login.displayName(), access, refresh, now));
        return new Session(deviceId, issued);
    }

    /// Ends the requester's session: its token, and its device with all of its tokens.
    public void end(Requester requester) {
        var row =
                requester
                        .deviceId()
                        .map(id -> DeviceChanges.delete(requester.userNid(), List.of(id)))
                        .orElseGet(() ->
                                TokenRevocations.of(requester.userNid(), requester.tokenNid()));
        append(row);
    }

    /// Ends all sessions of the user, those without a device included.
    public void endAll(Requester requester) {
        append(DeviceChanges.deleteOthers(requester.userNid(), Optional.empty()));
    }

    IssuedTokens issue(Refreshing refreshing) {
        var refreshToken =
                switch (refreshing) {
                    case SUPPORTED -> Optional.of(tokens.create(TokenKind.REFRESH));
                    case UNSUPPORTED -> Optional.<String>empty();
                };
        return new IssuedTokens(
                tokens.create(TokenKind.ACCESS),
                refreshToken,
                properties.accessTokenLifetime(refreshing));
    }

    private void append(StreamRow row) {
        var item = new AppendItem(Optional.empty(), List.of(), List.of(row), Optional.empty());
        logWriter.append(item, DEADLINE);
    }

    private DeviceId newDeviceId() {
        return new DeviceId(
                random.ints(DEVICE_ID_LETTERS, 'A', 'Z' + 1)
                        .collect(
                                StringBuilder::new,
                                StringBuilder::appendCodePoint,
                                StringBuilder::append)
                        .toString());
    }

    static void requireUsable(Account account) {
        if (account.deactivated()) {
            throw new MatrixException(
                    ErrorCode.M_USER_DEACTIVATED, "The account has been deactivated");
        }
        if (account.locked()) {
            throw LockedAccounts.refusal();
        }
    }
}
