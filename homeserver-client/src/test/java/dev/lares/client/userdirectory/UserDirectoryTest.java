package dev.lares.client.userdirectory;

import static dev.lares.core.testing.MatrixAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lares.core.account.AccountFlag;
import dev.lares.core.account.AccountFlag.Setting;
import dev.lares.core.account.AccountService;
import dev.lares.core.id.UserId;
import dev.lares.core.testing.HomeserverTest;
import dev.lares.core.testing.TestHomeserver;
import dev.lares.core.testing.TestResponse;
import dev.lares.core.testing.TestUser;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

@HomeserverTest
class UserDirectoryTest {
    private static final String PATH = "/_matrix/client/v3/user_directory/search";
    private static final String PRIVATE = "{\"preset\":\"private_chat\",\"invite\":[\"%s\"]}";

    private UserDirectoryIndex index;
    private JdbcClient jdbc;

    @BeforeEach
    void take(TestHomeserver server) {
        index = server.bean(UserDirectoryIndex.class);
        jdbc = server.bean(JdbcClient.class);
    }

    @Test
    void findsByIdAndNameWhoSharesARoom(TestHomeserver server) {
        var alice = server.register("alice");
        var zoe = server.register("zoe");
        name(zoe, "Zoë Žižková");
        share(alice, zoe);
        var expected =
                """
                {"results": [{"user_id": "%s", "display_name": "Zoë Žižková"}], "limited": false}
                """
                        .formatted(zoe.id());
        for (var term :
                List.of(
                        zoe.id(),
                        zoe.id().substring(0, 6),
                        zoe.localpart(),
                        "ZOE",
                        "zoë ž",
                        "zizk zo",
                        " zoe  zizkova ")) {
            assertThat(search(alice, term)).isOk().hasJson(expected);
        }
        assertThat(ids(search(alice, "zoe elsewhere"))).isEmpty();
        assertThat(ids(search(alice, "izkova"))).isEmpty();
        assertThat(ids(search(zoe, "zoe"))).isEmpty();
    }

    @Test
    void findsInOpenRoomsAndNowhereElse(TestHomeserver server) {
        var alice = server.register("alice");
        var yara = server.register("yara");
        assertThat(ids(search(alice, "yara"))).isEmpty();
        var hidden = yara.createRoom("{\"preset\":\"private_chat\"}");
        indexed(yara);
        assertThat(ids(search(alice, "yara"))).isEmpty();
        yara.sendState(
                hidden,
                "m.room.history_visibility",
                "",
                "{\"history_visibility\":\"world_readable\"}");
        indexed(yara);
        assertThat(ids(search(alice, "yara"))).containsExactly(yara.id());
        assertThat(yara.leave(hidden)).isOk();
        assertThat(ids(search(alice, "yara"))).isEmpty();
        yara.createRoom();
        indexed(yara);
        assertThat(ids(search(alice, "yara"))).containsExactly(yara.id());
    }

    @Test
    void findsNobodyWhoIsLockedOrGone(TestHomeserver server) {
        var alice = server.register("alice");
        var xaver = server.register("xaver");
        share(alice, xaver);
        var accounts = server.bean(AccountService.class);
        var account = accounts.get(new UserId(xaver.id()));
        accounts.set(account, AccountFlag.LOCKED, Setting.ON);
        assertThat(ids(search(alice, "xaver"))).isEmpty();
        accounts.set(account, AccountFlag.LOCKED, Setting.OFF);
        assertThat(ids(search(alice, "xaver"))).containsExactly(xaver.id());
        accounts.deactivate(account);
        indexed(xaver);
        assertThat(ids(search(alice, "xaver"))).isEmpty();
    }

    @Test
    void findsTheBestFirstUpToTheLimit(TestHomeserver server) {
        var alice = server.register("alice");
        var named = server.register("first");
        name(named, "quirin");
        var begins = server.register("quirinus");
        var within = server.register("third");
        name(within, "von quirin");
        for (var user : List.of(named, begins, within)) {
            share(alice, user);
        }
        assertThat(ids(search(alice, "quirin"))).first().isEqualTo(named.id());
        assertThat(ids(search(alice, "quirin")))
                .containsExactlyInAnyOrder(named.id(), begins.id(), within.id());
        var two = alice.post(PATH, "{\"search_term\":\"quirin\",\"limit\":2}");
        assertThat(ids(two)).hasSize(2);
        assertThat(two).hasJson("/limited", "true");
        var three = alice.post(PATH, "{\"search_term\":\"quirin\",\"limit\":3}");
        assertThat(ids(three)).hasSize(3);
        assertThat(three).hasJson("/limited", "false");
        assertThat(alice.post(PATH, "{\"search_term\":\"quirin\",\"limit\":0}"))
                .isOk()
                .hasJson("{\"results\":[],\"limited\":true}");
    }

    @Test
    void forgetsNamesThatChanged(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        name(bob, "Wilhelmina");
        share(alice, bob);
        assertThat(ids(search(alice, "wilhelm"))).containsExactly(bob.id());
        name(bob, "");
        indexed(bob);
        assertThat(ids(search(alice, "wilhelm"))).isEmpty();
        assertThat(search(alice, bob.localpart()))
                .hasJson("/results", "[{\"user_id\":\"%s\"}]".formatted(bob.id()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "%", "_", "\\\\"})
    void findsNobodyForNothing(String term, TestHomeserver server) {
        var alice = server.register("alice");
        share(alice, server.register("bob"));
        assertThat(alice.post(PATH, "{\"search_term\":\"%s\"}".formatted(term)))
                .isOk()
                .hasJson("{\"results\":[],\"limited\":false}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | M_BAD_JSON",
                "{\"search_term\":7} | M_BAD_JSON",
                "{\"search_term\":\"a\",\"limit\":-1} | M_INVALID_PARAM",
                "{\"search_term\":\"a\",\"limit\":\"x\"} | M_BAD_JSON",
                "{ | M_NOT_JSON"
            })
    void isRefusedWhereItIsMalformed(String body, String code, TestHomeserver server) {
        assertThat(server.register("alice").post(PATH, body)).hasStatus(400).hasErrcode(code);
    }

    @Test
    void isRefusedBeyondItsSizeAndWithoutAToken(TestHomeserver server) {
        var alice = server.register("alice");
        assertThat(search(alice, "a".repeat(500))).isOk();
        assertThat(search(alice, "a".repeat(501))).hasStatus(400).hasErrcode("M_INVALID_PARAM");
        assertThat(server.post(PATH, "{\"search_term\":\"a\"}"))
                .hasStatus(401)
                .hasErrcode("M_MISSING_TOKEN");
    }

    private static TestResponse search(TestUser user, String term) {
        return user.post(PATH, "{\"search_term\":\"%s\"}".formatted(term));
    }

    private static List<String> ids(TestResponse answer) {
        assertThat(answer).isOk();
        var ids = new ArrayList<String>();
        answer.json("/results").forEach(user -> ids.add(user.path("user_id").stringValue()));
        return ids;
    }

    private void share(TestUser alice, TestUser other) {
        var room = alice.createRoom(PRIVATE.formatted(other.id()));
        room.joinedBy(other);
        indexed(other);
    }

    private static void name(TestUser user, String name) {
        assertThat(
                        user.put(
                                "/_matrix/client/v3/profile/{userId}/displayname",
                                user.id(),
                                "{\"displayname\":\"%s\"}".formatted(name)))
                .isOk();
    }

    /// What the reader behind the log does sooner or later, done now.
    private void indexed(TestUser user) {
        var nids = "SELECT user_nid FROM user_ref WHERE user_id = :id";
        index.indexUser(jdbc.sql(nids).param("id", user.id()).query(Long.class).single());
        index.indexRooms(jdbc.sql("SELECT room_nid FROM room").query(Long.class).list());
    }
}
