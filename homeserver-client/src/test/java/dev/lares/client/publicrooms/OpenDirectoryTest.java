package dev.lares.client.publicrooms;

import static dev.lares.core.testing.MatrixAssertions.assertThat;

import dev.lares.core.testing.HomeserverTest;
import dev.lares.core.testing.TestHomeserver;
import org.junit.jupiter.api.Test;

@HomeserverTest(
        properties = {"lares.public-rooms.without-login=true", "lares.registration.guests=true"})
class OpenDirectoryTest {
    private static final String ROOMS = "/_matrix/client/v3/publicRooms";

    @Test
    void isReadByAnybody(TestHomeserver server) {
        var alice = server.register("alice");
        var room = alice.createRoom("{\"visibility\":\"public\"}");
        assertThat(server.get(ROOMS)).isOk();
        assertThat(server.get(ROOMS).text()).contains(room.id());
        var guest = server.post("/_matrix/client/v3/register?kind=guest", "{}");
        assertThat(server.post(ROOMS + "?access_token={t}", guest.string("/access_token"), "{}"))
                .isOk();
        assertThat(server.get(ROOMS + "?access_token=nonsense"))
                .hasStatus(401)
                .hasErrcode("M_UNKNOWN_TOKEN");
    }
}
