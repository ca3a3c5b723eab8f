package dev.lares.app.badinput;

import static dev.lares.core.testing.MatrixAssertions.assertThat;

import dev.lares.core.account.AccountFlag;
import dev.lares.core.account.AccountFlag.Setting;
import dev.lares.core.account.AccountService;
import dev.lares.core.id.UserId;
import dev.lares.core.testing.HomeserverTest;
import dev.lares.core.testing.RawHttp;
import dev.lares.core.testing.TestHomeserver;
import dev.lares.core.testing.TestResponse;
import dev.lares.core.testing.TestUser;
import dev.lares.core.web.SpecEndpoint.Access;
import dev.lares.core.web.SpecEndpoints;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What users may still do whose account is
/// [locked](https://spec.matrix.org/v1.19/client-server-api/#account-locking) or
/// [suspended](https://spec.matrix.org/v1.19/client-server-api/#account-suspension): every endpoint
/// that is mapped is asked.
@HomeserverTest
class RestrictedAccountsTest {
    private static final Set<String> LOCKED_MAY = Set.of("logout", "logout_all");

    /// Written by hand: a new endpoint is allowed to suspended users until it is named here.
    private static final Set<String> SUSPENDED_MAY_NOT =
            Set.of(
                    "ban",
                    "createRoom",
                    "deleteProfileField",
                    "deleteRoomAlias",
                    "inviteUser",
                    "joinRoom",
                    "joinRoomById",
                    "kick",
                    "knockRoom",
                    "sendMessage",
                    "setProfileField",
                    "setRoomAlias",
                    "setRoomStateWithKey",
                    "setRoomVisibilityOnDirectory",
                    "setTyping",
                    "unban",
                    "upgradeRoom");

    /// They end the session with which the others are asked.
    private static final Set<String> ENDING = Set.of("logout", "logout_all", "changePassword");

    @TestFactory
    Stream<DynamicTest> lockedUsersOnlyLogOut(TestHomeserver server) {
        var world = new World(server);
        var log = server.bean(JdbcClient.class);
        set(server, world.alice(), AccountFlag.LOCKED, Setting.ON);
        return asking(server)
                .filter(endpoint -> !LOCKED_MAY.contains(endpoint.spec().operationId()))
                .map(endpoint ->
                        DynamicTest.dynamicTest(
                                endpoint.spec().operationId(),
                                () -> {
                                    long before = head(log);
                                    assertThat(ask(server, world, endpoint))
                                            .hasStatus(401)
                                            .hasErrcode("M_USER_LOCKED")
                                            .hasJson("/soft_logout", "true");
                                    assertThat(head(log)).isEqualTo(before);
                                }));
    }

    @TestFactory
    Stream<DynamicTest> suspendedUsersDoNothingThatOthersNotice(TestHomeserver server) {
        var world = new World(server);
        var log = server.bean(JdbcClient.class);
        set(server, world.alice(), AccountFlag.SUSPENDED, Setting.ON);
        return asking(server)
                .filter(endpoint -> !ENDING.contains(endpoint.spec().operationId()))
                .map(endpoint ->
                        DynamicTest.dynamicTest(
                                endpoint.spec().operationId(),
                                () -> {
                                    long before = head(log);
                                    var response = ask(server, world, endpoint);
                                    if (SUSPENDED_MAY_NOT.contains(endpoint.spec().operationId())) {
                                        assertThat(response)
                                                .hasStatus(403)
                                                .hasErrcode("M_USER_SUSPENDED");
                                        assertThat(head(log)).isEqualTo(before);
                                    } else {
                                        assertThat(response.text())
                                                .doesNotContain("M_USER_SUSPENDED");
                                    }
                                }));
    }

    @Test
    void aLockIsTakenAwayAndTheSessionGoesOn(TestHomeserver server) {
        var alice = server.register("alice");
        var other = alice.login();
        set(server, alice, AccountFlag.LOCKED, Setting.ON);
        assertThat(alice.sync()).hasStatus(401).hasErrcode("M_USER_LOCKED");
        assertThat(login(server, alice)).hasStatus(401).hasErrcode("M_USER_LOCKED");
        assertThat(other.post("/_matrix/client/v3/logout", "{}")).isOk();
        set(server, alice, AccountFlag.LOCKED, Setting.OFF);
        assertThat(alice.sync()).isOk();
        assertThat(other.sync()).hasStatus(401).hasErrcode("M_UNKNOWN_TOKEN");
        set(server, alice, AccountFlag.LOCKED, Setting.ON);
        assertThat(alice.post("/_matrix/client/v3/logout/all", "{}")).isOk();
    }

    @Test
    void suspendedUsersReadLeaveRedactTheirOwnAndSignInAndOut(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var room = alice.createRoom();
        assertThat(bob.join(room)).isOk();
        var own = alice.say(room, "mine");
        var second = alice.say(room, "mine too");
        var foreign = bob.say(room, "his");
        var invitation = bob.createRoom();
        assertThat(
                        bob.post(
                                "/_matrix/client/v3/rooms/{roomId}/invite",
                                invitation.id(),
                                Map.of("user_id", alice.id())))
                .isOk();
        set(server, alice, AccountFlag.SUSPENDED, Setting.ON);

        var heard = bob.say(room, "still there?");
        assertThat(alice.sync().text()).contains(heard);
        assertThat(redact(alice, room.id(), own, "one")).isOk();
        assertThat(
                        alice.put(
                                "/_matrix/client/v3/rooms/{roomId}/send/m.room.redaction/two",
                                room.id(),
                                Map.of("redacts", second)))
                .isOk();
        assertThat(redact(alice, room.id(), foreign, "three"))
                .hasStatus(403)
                .hasErrcode("M_USER_SUSPENDED");
        assertThat(
                        alice.put(
                                "/_matrix/client/v3/rooms/{roomId}/send/m.room.redaction/four",
                                room.id(),
                                Map.of("redacts", foreign)))
                .hasStatus(403)
                .hasErrcode("M_USER_SUSPENDED");
        assertThat(bob.get("/_matrix/client/v3/rooms/{roomId}/event/{eventId}", room.id(), foreign))
                .hasJson("/content/body", "\"his\"");
        assertThat(alice.join(invitation)).hasStatus(403).hasErrcode("M_USER_SUSPENDED");
        assertThat(alice.leave(invitation)).isOk();
        assertThat(alice.leave(room)).isOk();
        var another = alice.login();
        assertThat(another.join(room)).hasStatus(403).hasErrcode("M_USER_SUSPENDED");
        assertThat(another.post("/_matrix/client/v3/logout", "{}")).isOk();

        set(server, alice, AccountFlag.SUSPENDED, Setting.OFF);
        assertThat(alice.join(room)).isOk();
    }

    /// All endpoints that look at a token.
    private static Stream<SpecEndpoints.Endpoint> asking(TestHomeserver server) {
        return server.bean(SpecEndpoints.class).all().stream()
                .filter(endpoint ->
                        endpoint.spec().auth() != Access.NONE
                                && endpoint.spec().auth() != Access.SERVER_SIGNATURE)
                .sorted(Comparator.comparing(endpoint -> endpoint.spec().operationId()));
    }

    private static TestResponse ask(
            TestHomeserver server, World world, SpecEndpoints.Endpoint endpoint) {
        var method = endpoint.methods().iterator().next().name();
        return RawHttp.exchange(
                server.port(),
                method,
                world.target(endpoint),
                World.bearer(world.alice().accessToken()),
                BadInput.body(method));
    }

    private static TestResponse redact(TestUser user, String room, String event, String txnId) {
        return user.put(
                "/_matrix/client/v3/rooms/{roomId}/redact/{eventId}/{txnId}",
                room,
                event,
                txnId,
                "{}");
    }

    private static TestResponse login(TestHomeserver server, TestUser user) {
        return server.post(
                "/_matrix/client/v3/login",
                Map.of(
                        "type",
                        "m.login.password",
                        "identifier",
                        Map.of("type", "m.id.user", "user", user.id()),
                        "password",
                        user.password()));
    }

    private static void set(
            TestHomeserver server, TestUser user, AccountFlag flag, Setting setting) {
        var accounts = server.bean(AccountService.class);
        accounts.set(accounts.get(new UserId(user.id())), flag, setting);
    }

    private static long head(JdbcClient log) {
        return log.sql("SELECT coalesce(max(last_pos), 0) FROM append_batch")
                .query(Long.class)
                .single();
    }
}
