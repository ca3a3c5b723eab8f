package dev.lares.core.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lares.core.account.Account;
import dev.lares.core.account.AccountFlag;
import dev.lares.core.account.AccountService;
import dev.lares.core.account.SignInContext;
import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.id.DeviceId;
import dev.lares.core.testing.TestDatabase;
import dev.lares.core.testing.TestDatabaseExtension;
import dev.lares.core.web.AccessTokens;
import dev.lares.core.web.Requester;
import dev.lares.core.web.TokenOutcome;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabaseExtension.class)
class SessionTest {
    private static int names;

    private SignInContext context;
    private SessionService sessions;
    private RefreshService refreshing;
    private AccountService accounts;
    private AccessTokens tokens;
    private Account alice;

    @BeforeEach
    void open(TestDatabase database) {
        context = new SignInContext(database, Map.of("lares.token.refresh-token-lifetime", "1d"));
        sessions = context.get(SessionService.class);
        refreshing = context.get(RefreshService.class);
        accounts = context.get(AccountService.class);
        tokens = context.get(AccessTokens.class);
        alice = context.create("alice" + names++);
    }

    @AfterEach
    void close() {
        context.close();
    }

    @Test
    void isKnownByItsToken() {
        var session = open("PHONE", Refreshing.UNSUPPORTED);
        var requester = requester(session.tokens().accessToken());
        assertThat(requester.userId()).isEqualTo(alice.userId());
        assertThat(requester.deviceId()).contains(new DeviceId("PHONE"));
        assertThat(requester.admin()).isFalse();
        assertThat(session.tokens().expiresIn()).isEmpty();
        assertThat(session.tokens().refreshToken()).isEmpty();
    }

    @Test
    void isNotFoundInClearInTheDatabase() {
        var session = open("PHONE", Refreshing.SUPPORTED);
        var dump =
                context.jdbc()
                        .sql(
                                "SELECT t::text FROM access_token t UNION ALL SELECT r::text FROM refresh_token r")
                        .query(String.class)
                        .list();
        assertThat(dump)
                .isNotEmpty()
                .noneMatch(row -> row.contains(session.tokens().accessToken()));
    }

    @Test
    void endsTheDevicesEarlierSession() {
        var first = open("PHONE", Refreshing.SUPPORTED);
        var other = open("LAPTOP", Refreshing.UNSUPPORTED);
        var second = open("PHONE", Refreshing.UNSUPPORTED);
        assertUnknown(first.tokens().accessToken());
        assertRefused(
                ErrorCode.M_UNKNOWN_TOKEN,
                () -> refreshing.refresh(first.tokens().refreshToken().orElseThrow()));
        requester(second.tokens().accessToken());
        requester(other.tokens().accessToken());
    }

    @Test
    void inventsADevice() {
        var session =
                sessions.open(
                        alice,
                        new DeviceLogin(
                                Optional.empty(), Optional.of("Phone"), Refreshing.UNSUPPORTED));
        assertThat(session.deviceId().value()).matches("[A-Z]{10}");
        assertThat(displayName(session.deviceId().value())).isEqualTo("Phone");
    }

    @Test
    void keepsTheNameOfADeviceThatExists() {
        sessions.open(
                alice,
                new DeviceLogin(
                        Optional.of(new DeviceId("PHONE")),
                        Optional.of("Old"),
                        Refreshing.UNSUPPORTED));
        sessions.open(
                alice,
                new DeviceLogin(
                        Optional.of(new DeviceId("PHONE")),
                        Optional.of("New"),
                        Refreshing.UNSUPPORTED));
        assertThat(displayName("PHONE")).isEqualTo("Old");
    }

    @Test
    void endsWithItsDevice() {
        var session = open("PHONE", Refreshing.SUPPORTED);
        var other = open("LAPTOP", Refreshing.UNSUPPORTED);
        sessions.end(requester(session.tokens().accessToken()));
        assertUnknown(session.tokens().accessToken());
        assertRefused(
                ErrorCode.M_UNKNOWN_TOKEN,
                () -> refreshing.refresh(session.tokens().refreshToken().orElseThrow()));
        assertThat(devices()).isEqualTo(1);
        requester(other.tokens().accessToken());
    }

    @Test
    void endsWithAllOthers() {
        var session = open("PHONE", Refreshing.SUPPORTED);
        var other = open("LAPTOP", Refreshing.UNSUPPORTED);
        sessions.endAll(requester(session.tokens().accessToken()));
        assertUnknown(session.tokens().accessToken());
        assertUnknown(other.tokens().accessToken());
        assertThat(devices()).isZero();
    }

    @Test
    void endsWithANewPasswordUnlessSpared() {
        var spared = open("PHONE", Refreshing.UNSUPPORTED);
        var other = open("LAPTOP", Refreshing.UNSUPPORTED);
        accounts.setPassword(
                alice,
                "another horse",
                new AccountService.OtherDevices.Delete(Optional.of(new DeviceId("PHONE"))));
        requester(spared.tokens().accessToken());
        assertUnknown(other.tokens().accessToken());
    }

    @Test
    void endsWithTheAccount() {
        var session = open("PHONE", Refreshing.SUPPORTED);
        accounts.deactivate(alice);
        assertUnknown(session.tokens().accessToken());
        var dead = accounts.find(alice.userNid()).orElseThrow();
        assertRefused(
                ErrorCode.M_USER_DEACTIVATED,
                () ->
                        sessions.open(
                                dead,
                                new DeviceLogin(
                                        Optional.empty(),
                                        Optional.empty(),
                                        Refreshing.UNSUPPORTED)));
    }

    @Test
    void isNotOpenedByALoginThatADeactivationOvertook() {
        accounts.deactivate(alice);
        var late = open("PHONE", Refreshing.UNSUPPORTED); // with what it read before
        assertUnknown(late.tokens().accessToken());
        assertThat(devices()).isZero();
    }

    @Test
    void waitsBehindTheLockOfItsAccount() {
        var session = open("PHONE", Refreshing.SUPPORTED);
        accounts.set(alice, AccountFlag.LOCKED, AccountFlag.Setting.ON);
        assertThat(tokens.find(session.tokens().accessToken()))
                .isInstanceOf(TokenOutcome.Locked.class);
        assertRefused(
                ErrorCode.M_USER_LOCKED,
                () -> refreshing.refresh(session.tokens().refreshToken().orElseThrow()));
        accounts.set(alice, AccountFlag.LOCKED, AccountFlag.Setting.OFF);
        requester(session.tokens().accessToken());
    }

    @Test
    void expiresAndIsRefreshed() {
        var session = open("PHONE", Refreshing.SUPPORTED);
        assertThat(session.tokens().expiresIn()).contains(Duration.ofMinutes(5));
        context.pass(Duration.ofMinutes(5));
        assertThat(tokens.find(session.tokens().accessToken()))
                .isInstanceOf(TokenOutcome.Expired.class);
        var refreshed = refreshing.refresh(session.tokens().refreshToken().orElseThrow());
        assertThat(requester(refreshed.accessToken()).deviceId()).contains(new DeviceId("PHONE"));
    }

    @Test
    void isRefreshedAgainAsLongAsNobodyUsesTheAnswer() {
        var refreshToken =
                open("PHONE", Refreshing.SUPPORTED).tokens().refreshToken().orElseThrow();
        var lost = refreshing.refresh(refreshToken);
        var got = refreshing.refresh(refreshToken);
        assertUnknown(lost.accessToken());
        assertRefused(
                ErrorCode.M_UNKNOWN_TOKEN,
                () -> refreshing.refresh(lost.refreshToken().orElseThrow()));
        requester(got.accessToken());
    }

    @Test
    void isNotRefreshedByATokenWhoseSuccessorsAccessTokenWasUsed() {
        var first = open("PHONE", Refreshing.SUPPORTED).tokens().refreshToken().orElseThrow();
        var second = refreshing.refresh(first);
        requester(second.accessToken());
        assertRefused(ErrorCode.M_UNKNOWN_TOKEN, () -> refreshing.refresh(first));
        requester(second.accessToken());
        refreshing.refresh(second.refreshToken().orElseThrow());
    }

    @Test
    void isNotRefreshedByATokenWhoseSuccessorWasUsed() {
        var first = open("PHONE", Refreshing.SUPPORTED).tokens().refreshToken().orElseThrow();
        var second = refreshing.refresh(first).refreshToken().orElseThrow();
        var third = refreshing.refresh(second);
        assertRefused(ErrorCode.M_UNKNOWN_TOKEN, () -> refreshing.refresh(first));
        requester(third.accessToken());
    }

    @Test
    void endsSoftlyWhenItsRefreshTokenExpires() {
        var session = open("PHONE", Refreshing.SUPPORTED);
        context.pass(Duration.ofDays(1));
        assertThatThrownBy(() -> refreshing.refresh(session.tokens().refreshToken().orElseThrow()))
                .isInstanceOfSatisfying(
                        MatrixException.class,
                        refusal -> {
                            assertThat(refusal.code()).isEqualTo(ErrorCode.M_UNKNOWN_TOKEN);
                            assertThat(refusal.details().get("soft_logout")).isEqualTo(true);
                        });
    }

    @Test
    void isOpenedOnceWithALoginToken() {
        var loginTokens = context.get(LoginTokenService.class);
        var token = loginTokens.create(alice.userNid()).token();
        assertThat(loginTokens.take(token)).isPresent();
        assertThat(loginTokens.take(token)).isEmpty();
        var late = loginTokens.create(alice.userNid()).token();
        context.pass(Duration.ofMinutes(2));
        assertThat(loginTokens.take(late)).isEmpty();
    }

    @Test
    void sweepsLoginTokensThatNobodyUsed() {
        var loginTokens = context.get(LoginTokenService.class);
        loginTokens.create(alice.userNid());
        context.pass(Duration.ofMinutes(2));
        loginTokens.create(alice.userNid());
        assertThat(count("login_token")).isOne();
    }

    @Test
    void leavesNoTokensBehindThatItHasOutlived() {
        var first = open("PHONE", Refreshing.SUPPORTED);
        var second = refreshing.refresh(first.tokens().refreshToken().orElseThrow());
        requester(second.accessToken());
        assertThat(count("refresh_token")).isOne();
        context.pass(Duration.ofHours(2));
        refreshing.refresh(second.refreshToken().orElseThrow());
        assertThat(count("access_token")).isOne();
        assertThat(count("refresh_token")).isEqualTo(2);
    }

    /// Rows of this user.
    private int count(String table) {
        return context.jdbc()
                .sql("SELECT count(*) FROM " + table + " WHERE user_nid = ?")
                .param(alice.userNid())
                .query(Integer.class)
                .single();
    }

    @Test
    void isNotFoundByAForgedToken() {
        var token = open("PHONE", Refreshing.UNSUPPORTED).tokens().accessToken();
        assertUnknown(token + "x");
        assertUnknown("x" + token);
        assertUnknown(token.substring(0, token.length() - 1));
        assertUnknown("");
        assertUnknown("lat_");
        assertUnknown("\u0000");
    }

    private Session open(String deviceId, Refreshing refreshing) {
        return sessions.open(
                alice,
                new DeviceLogin(Optional.of(new DeviceId(deviceId)), Optional.empty(), refreshing));
    }

    private Requester requester(String token) {
        if (tokens.find(token) instanceof TokenOutcome.Known(var requester)) {
            return requester;
        }
        throw new AssertionError("not a good token: " + tokens.find(token));
    }

    private void assertUnknown(String token) {
        assertThat(tokens.find(token)).isInstanceOf(TokenOutcome.Unknown.class);
    }

    private String displayName(String deviceId) {
        return context.jdbc()
                .sql("SELECT display_name FROM device WHERE user_nid = ? AND device_id = ?")
                .params(alice.userNid(), deviceId)
                .query(String.class)
                .single();
    }

    private int devices() {
        return context.jdbc()
                .sql("SELECT count(*) FROM device WHERE user_nid = ?")
                .param(alice.userNid())
                .query(Integer.class)
                .single();
    }

    private static void assertRefused(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        MatrixException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(code));
    }
}
