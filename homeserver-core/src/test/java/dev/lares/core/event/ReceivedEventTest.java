package dev.lares.core.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lares.core.crypto.Signer;
import dev.lares.core.crypto.SigningKey;
import dev.lares.core.event.ReceivedEvent.Forged;
import dev.lares.core.event.ReceivedEvent.Genuine;
import dev.lares.core.event.ReceivedEvent.ServerKey;
import dev.lares.core.id.RoomId;
import dev.lares.core.id.ServerName;
import dev.lares.core.id.UserId;
import dev.lares.core.roomversion.RoomVersion;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class ReceivedEventTest {
    private static final SigningKey KEY = SigningKey.of("1", new byte[32]);
    private static final ServerName SERVER = new ServerName("a.example");

    /// The event is of 1000. v5 began to enforce the validity of keys; keys that a server has given
    /// up count for older events only in every version.
    @ParameterizedTest
    @CsvSource({
        "V4, 999, false, true",
        "V5, 999, false, false",
        "V5, 1000, false, true",
        "V4, 999, true, false",
        "V4, 1000, true, true",
        "V12, 999, true, false",
    })
    void countsKeysOnlyForTheirTime(
            RoomVersion version, long validUntilTs, boolean expired, boolean genuine) {
        var pdu = pdu(version, "{}");
        var verdict =
                ReceivedEvent.check(
                        pdu,
                        (_, _) ->
                                Optional.of(new ServerKey(KEY.verifyKey(), validUntilTs, expired)));
        assertThat(verdict).isInstanceOf(genuine ? Genuine.class : Forged.class);
    }

    @ParameterizedTest
    @CsvSource({"V7, true", "V8, false", "V12, false"})
    void isForgedWhereTheAuthoriserIsNoUser(RoomVersion version, boolean genuine) {
        var content = "{\"membership\":\"join\",\"join_authorised_via_users_server\":{}}";
        var verdict =
                ReceivedEvent.check(
                        pdu(version, content),
                        (_, _) ->
                                Optional.of(new ServerKey(KEY.verifyKey(), Long.MAX_VALUE, false)));
        assertThat(verdict).isInstanceOf(genuine ? Genuine.class : Forged.class);
    }

    private static Pdu pdu(RoomVersion version, String content) {
        var sender = new UserId("@a:a.example");
        return PduBuilder.build(
                EventDraft.state(
                        sender,
                        "m.room.member",
                        sender.value(),
                        (ObjectNode) JsonMapper.shared().readTree(content)),
                version,
                new EventPlace(
                        Optional.of(new RoomId("!r:a.example")), List.of(), List.of(), 5, 1000),
                new Signer(SERVER, KEY));
    }
}
