package dev.lares.client.administration;

import static dev.lares.core.testing.MatrixAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lares.core.account.AccountFlag;
import dev.lares.core.account.AccountFlag.Setting;
import dev.lares.core.account.AccountService;
import dev.lares.core.id.UserId;
import dev.lares.core.testing.HomeserverTest;
import dev.lares.core.testing.TestHomeserver;
import dev.lares.core.testing.TestUser;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;

@HomeserverTest
class AccountModerationTest {
    private static final String LOCK = "/_matrix/client/v1/admin/lock/{userId}";
    private static final String SUSPEND = "/_matrix/client/v1/admin/suspend/{userId}";
    private static final String UNSTABLE = "/_matrix/client/unstable/uk.timedout.msc4323/admin/";
    private static final String WHOIS = "/_matrix/client/v3/admin/whois/{userId}";
    private static final String WHOAMI = "/_matrix/client/v3/account/whoami";

    @ParameterizedTest
    @CsvSource({"/_matrix/client/v1/admin/", UNSTABLE})
    void locksUntilItUnlocks(String base, TestHomeserver server) {
        var admin = admin(server);
        var bob = server.register("bob");
        var path = base + "lock/{userId}";
        assertThat(admin.get(path, bob.id())).isOk().hasJson("{\"locked\":false}");
        for (int i = 0; i < 2; i++) {
            assertThat(admin.put(path, bob.id(), "{\"locked\":true}"))
                    .isOk()
                    .hasJson("{\"locked\":true}");
        }
        assertThat(admin.get(path, bob.id())).isOk().hasJson("{\"locked\":true}");
        assertThat(bob.get(WHOAMI)).hasStatus(401).hasErrcode("M_USER_LOCKED");
        assertThat(admin.put(path, bob.id(), "{\"locked\":false}")).isOk();
        assertThat(bob.get(WHOAMI)).isOk();
        assertThat(audited(server, bob))
                .containsExactly(
                        admin.id() + " account.lock",
                        admin.id() + " account.lock",
                        admin.id() + " account.unlock");
    }

    @ParameterizedTest
    @CsvSource({"/_matrix/client/v1/admin/", UNSTABLE})
    void suspendsUntilItEnds(String base, TestHomeserver server) {
        var admin = admin(server);
        var bob = server.register("bob");
        var room = bob.createRoom();
        var path = base + "suspend/{userId}";
        assertThat(admin.put(path, bob.id(), "{\"suspended\":true}"))
                .isOk()
                .hasJson("{\"suspended\":true}");
        assertThat(admin.get(path, bob.id())).isOk().hasJson("{\"suspended\":true}");
        assertThat(
                        bob.put(
                                "/_matrix/client/v3/rooms/{roomId}/send/m.room.message/t1",
                                room.id(),
                                "{\"msgtype\":\"m.text\",\"body\":\"x\"}"))
                .hasStatus(403)
                .hasErrcode("M_USER_SUSPENDED");
        assertThat(bob.get(WHOAMI)).isOk();
        assertThat(admin.put(path, bob.id(), "{\"suspended\":false}")).isOk();
        bob.say(room, "again");
        assertThat(audited(server, bob))
                .containsExactly(
                        admin.id() + " account.suspend", admin.id() + " account.unsuspend");
    }

    @Test
    void isForAdministratorsOnly(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        for (var answer :
                List.of(
                        alice.get(LOCK, bob.id()),
                        alice.put(LOCK, bob.id(), "{\"locked\":true}"),
                        alice.get(SUSPEND, "@nobody:localhost"),
                        alice.put(SUSPEND, alice.id(), "{\"suspended\":false}"),
                        alice.get(WHOIS, bob.id()))) {
            assertThat(answer).hasStatus(403).hasErrcode("M_FORBIDDEN");
        }
        for (var answer :
                List.of(
                        server.get(LOCK, bob.id()),
                        server.put(LOCK, bob.id(), "{\"locked\":true}"),
                        server.get(SUSPEND, bob.id()),
                        server.put(SUSPEND, bob.id(), "{\"suspended\":true}"),
                        server.get(WHOIS, bob.id()))) {
            assertThat(answer).hasStatus(401).hasErrcode("M_MISSING_TOKEN");
        }
        assertThat(bob.get(WHOAMI)).isOk();
        assertThat(audited(server, bob)).isEmpty();
    }

    @Test
    void refusesOthersThanLivingUsersOfThisServer(TestHomeserver server) {
        var admin = admin(server);
        var other = admin(server);
        var gone = server.register("gone");
        var accounts = server.bean(AccountService.class);
        accounts.deactivate(accounts.get(new UserId(gone.id())));
        for (var path : List.of(LOCK, SUSPEND)) {
            var body = "{\"locked\":true,\"suspended\":true}";
            assertThat(admin.put(path, "@x:example.org", body))
                    .hasStatus(400)
                    .hasErrcode("M_INVALID_PARAM");
            assertThat(admin.get(path, "@x:example.org"))
                    .hasStatus(400)
                    .hasErrcode("M_INVALID_PARAM");
            for (var nobody : List.of("@nobody:localhost", gone.id())) {
                assertThat(admin.put(path, nobody, body)).hasStatus(404).hasErrcode("M_NOT_FOUND");
                assertThat(admin.get(path, nobody)).hasStatus(404).hasErrcode("M_NOT_FOUND");
            }
            for (var administrator : List.of(other.id(), admin.id())) {
                assertThat(admin.put(path, administrator, body))
                        .hasStatus(403)
                        .hasErrcode("M_FORBIDDEN");
            }
        }
        assertThat(other.get(WHOAMI)).isOk();
        assertThat(admin.get(WHOAMI)).isOk();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{} | M_BAD_JSON", "{\"locked\":\"yes\"} | M_BAD_JSON", "{ | M_NOT_JSON"})
    void isRefusedWhereItIsMalformed(String body, String code, TestHomeserver server) {
        var admin = admin(server);
        var bob = server.register("bob");
        assertThat(admin.put(LOCK, bob.id(), body)).hasStatus(400).hasErrcode(code);
        assertThat(bob.get(WHOAMI)).isOk();
    }

    @Test
    void tellsFromWhereSomebodyWasSeen(TestHomeserver server) {
        var admin = admin(server);
        var bob = server.register("bob");
        var device = "/devices/" + bob.deviceId() + "/sessions";
        assertThat(bob.get(WHOIS, bob.id()))
                .isOk()
                .hasJson("/user_id", '"' + bob.id() + '"')
                .hasMember(device);
        assertThat(audited(server, bob)).isEmpty();
        assertThat(admin.get(WHOIS, bob.id())).isOk().hasMember(device);
        assertThat(audited(server, bob)).containsExactly(admin.id() + " account.whois");
        assertThat(admin.get(WHOIS, "@nobody:localhost")).hasStatus(404).hasErrcode("M_NOT_FOUND");
    }

    @Test
    void isAmongTheCapabilitiesOfAdministrators(TestHomeserver server) {
        var moderation = "/capabilities/m.account_moderation";
        assertThat(admin(server).get("/_matrix/client/v3/capabilities"))
                .hasJson(moderation, "{\"lock\":true,\"suspend\":true}");
        assertThat(server.register("bob").get("/_matrix/client/v3/capabilities"))
                .isOk()
                .lacksMember(moderation);
    }

    private static TestUser admin(TestHomeserver server) {
        var admin = server.register("admin");
        var accounts = server.bean(AccountService.class);
        accounts.set(accounts.get(new UserId(admin.id())), AccountFlag.ADMIN, Setting.ON);
        return admin;
    }

    private static List<String> audited(TestHomeserver server, TestUser target) {
        var sql =
                """
                SELECT u.user_id || ' ' || a.action FROM audit a
                JOIN user_ref u ON u.user_nid = a.actor_nid
                WHERE a.target = :target
                ORDER BY a.pos
                """;
        return server.bean(JdbcClient.class)
                .sql(sql)
                .param("target", target.id())
                .query(String.class)
                .list();
    }
}
