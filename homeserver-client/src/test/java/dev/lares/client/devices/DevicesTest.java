package dev.lares.client.devices;

import static dev.lares.core.testing.MatrixAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lares.core.testing.HomeserverTest;
import dev.lares.core.testing.TestHomeserver;
import dev.lares.core.testing.TestResponse;
import dev.lares.core.testing.TestUser;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@HomeserverTest
class DevicesTest {
    private static final String DEVICES = "/_matrix/client/v3/devices";
    private static final String DEVICE = "/_matrix/client/v3/devices/{deviceId}";
    private static final String DELETE = "/_matrix/client/v3/delete_devices";
    private static final String WHOAMI = "/_matrix/client/v3/account/whoami";

    @Test
    void areListedAndNamed(TestHomeserver server) {
        var alice = server.register("alice");
        var other = alice.login();
        server.register("bob");
        assertThat(ids(alice)).containsExactlyInAnyOrder(alice.deviceId(), other.deviceId());
        for (int i = 0; i < 2; i++) {
            assertThat(alice.put(DEVICE, other.deviceId(), "{\"display_name\":\"phone\"}"))
                    .isOk()
                    .hasJson("{}");
            assertThat(alice.put(DEVICE, other.deviceId(), "{}")).isOk();
            assertThat(alice.get(DEVICE, other.deviceId()))
                    .isOk()
                    .hasJson("/device_id", '"' + other.deviceId() + '"')
                    .hasJson("/display_name", "\"phone\"");
        }
        assertThat(alice.get(DEVICE, alice.deviceId())).isOk().lacksMember("/display_name");
    }

    @Test
    void areNotFoundWhereTheyAreSomebodyElses(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        for (var id : List.of(bob.deviceId(), "NOSUCH")) {
            assertThat(alice.get(DEVICE, id)).hasStatus(404).hasErrcode("M_NOT_FOUND");
            assertThat(alice.put(DEVICE, id, "{\"display_name\":\"x\"}"))
                    .hasStatus(404)
                    .hasErrcode("M_NOT_FOUND");
            assertThat(alice.put(DEVICE, id, "{}")).hasStatus(404).hasErrcode("M_NOT_FOUND");
        }
        assertThat(bob.get(DEVICE, bob.deviceId())).isOk().lacksMember("/display_name");
    }

    @Test
    void haveNamesOfAtMostAHundredCharacters(TestHomeserver server) {
        var alice = server.register("alice");
        var longest = "n".repeat(100);
        assertThat(rename(alice, longest)).isOk();
        assertThat(rename(alice, longest + "n")).hasStatus(400).hasErrcode("M_INVALID_PARAM");
        assertThat(alice.put(DEVICE, alice.deviceId(), "{\"display_name\":7}"))
                .hasStatus(400)
                .hasErrcode("M_BAD_JSON");
        assertThat(alice.get(DEVICE, alice.deviceId()))
                .hasJson("/display_name", '"' + longest + '"');
    }

    @Test
    void endWithTheirSessionsWhenOneIsDeleted(TestHomeserver server) {
        var alice = server.register("alice");
        var other = alice.login();
        var challenge = alice.delete(DEVICE, other.deviceId());
        assertThat(challenge).hasStatus(401).lacksMember("/errcode");
        assertThat(other.get(WHOAMI)).isOk();
        var body = "{\"auth\":%s}".formatted(auth(alice, challenge, alice.password()));
        assertThat(alice.delete(DEVICE, other.deviceId(), body)).isOk().hasJson("{}");
        assertThat(other.get(WHOAMI)).hasStatus(401).hasErrcode("M_UNKNOWN_TOKEN");
        assertThat(ids(alice)).containsExactly(alice.deviceId());
        // Once more, for a device that is gone.
        challenge = alice.delete(DEVICE, other.deviceId(), "{}");
        body = "{\"auth\":%s}".formatted(auth(alice, challenge, alice.password()));
        assertThat(alice.delete(DEVICE, other.deviceId(), body)).isOk();
    }

    @Test
    void endWithTheirSessionsWhenManyAreDeleted(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        var second = alice.login();
        var third = alice.login();
        var devices =
                "[\"%s\",\"%s\",\"%s\"]"
                        .formatted(alice.deviceId(), second.deviceId(), bob.deviceId());
        var challenge = alice.post(DELETE, "{\"devices\":%s}".formatted(devices));
        assertThat(challenge).hasStatus(401);
        var auth = auth(alice, challenge, alice.password());
        assertThat(alice.post(DELETE, "{\"devices\":%s,\"auth\":%s}".formatted(devices, auth)))
                .isOk();
        assertThat(alice.get(WHOAMI)).hasStatus(401);
        assertThat(second.get(WHOAMI)).hasStatus(401);
        assertThat(third.get(WHOAMI)).isOk();
        assertThat(bob.get(WHOAMI)).isOk();
        assertThat(ids(third)).containsExactly(third.deviceId());
    }

    @Test
    void stayWithoutThePasswordAndForAnotherRequest(TestHomeserver server) {
        var alice = server.register("alice");
        var second = alice.login();
        var third = alice.login();
        var challenge = alice.delete(DEVICE, second.deviceId(), "{}");
        var wrong = "{\"auth\":%s}".formatted(auth(alice, challenge, "wrong"));
        assertThat(alice.delete(DEVICE, second.deviceId(), wrong))
                .hasStatus(401)
                .hasErrcode("M_FORBIDDEN");
        var right = "{\"auth\":%s}".formatted(auth(alice, challenge, alice.password()));
        assertThat(alice.delete(DEVICE, third.deviceId(), right))
                .hasStatus(403)
                .hasErrcode("M_FORBIDDEN");
        assertThat(ids(alice)).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | M_BAD_JSON",
                "{\"devices\":\"x\"} | M_BAD_JSON",
                "{\"devices\":[\"\"]} | M_INVALID_PARAM",
                "[] | M_BAD_JSON",
                "{ | M_NOT_JSON"
            })
    void areNotDeletedByAMalformedRequest(String body, String code, TestHomeserver server) {
        var alice = server.register("alice");
        assertThat(alice.post(DELETE, body)).hasStatus(400).hasErrcode(code);
        assertThat(ids(alice)).hasSize(1);
    }

    @Test
    void areDeletedAThousandAtATime(TestHomeserver server) {
        var alice = server.register("alice");
        var many = new ArrayList<String>();
        for (int i = 0; i < 1_000; i++) {
            many.add("D" + i);
        }
        var body = "{\"devices\":[\"" + String.join("\",\"", many) + "\"%s]}";
        assertThat(alice.post(DELETE, body.formatted(""))).hasStatus(401);
        assertThat(alice.post(DELETE, body.formatted(",\"E\"")))
                .hasStatus(400)
                .hasErrcode("M_INVALID_PARAM");
    }

    @ParameterizedTest
    @ValueSource(strings = {"v3", "r0"})
    void areRefusedWithoutAToken(String version, TestHomeserver server) {
        var base = "/_matrix/client/" + version;
        for (var answer :
                List.of(
                        server.get(base + "/devices"),
                        server.get(base + "/devices/D"),
                        server.put(base + "/devices/D", "{}"),
                        server.delete(base + "/devices/D", "{}"),
                        server.post(base + "/delete_devices", "{\"devices\":[]}"))) {
            assertThat(answer).hasStatus(401).hasErrcode("M_MISSING_TOKEN");
        }
    }

    private static TestResponse rename(TestUser user, String name) {
        return user.put(DEVICE, user.deviceId(), "{\"display_name\":\"%s\"}".formatted(name));
    }

    private static String auth(TestUser user, TestResponse challenge, String password) {
        return """
        {"type": "m.login.password", "session": "%s", "password": "%s",
         "identifier": {"type": "m.id.user", "user": "%s"}}
        """
                .formatted(challenge.string("/session"), password, user.id());
    }

    private static List<String> ids(TestUser user) {
        var answer = user.get(DEVICES);
        assertThat(answer).isOk();
        var ids = new ArrayList<String>();
        answer.json("/devices").forEach(device -> ids.add(device.path("device_id").asString()));
        return ids;
    }
}
