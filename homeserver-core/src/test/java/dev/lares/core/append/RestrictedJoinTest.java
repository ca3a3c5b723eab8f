package dev.lares.core.append;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lares.core.domain.SigningKeys;
import dev.lares.core.error.MatrixException;
import dev.lares.core.event.EventDraft;
import dev.lares.core.event.PduParser;
import dev.lares.core.event.ReceivedEvent;
import dev.lares.core.event.ReceivedEvent.ServerKey;
import dev.lares.core.event.ReceivedEvent.ServerKeys;
import dev.lares.core.id.EventId;
import dev.lares.core.id.RoomId;
import dev.lares.core.id.ServerName;
import dev.lares.core.id.UserId;
import dev.lares.core.roomversion.RoomVersion;
import dev.lares.core.testing.LogNode;
import dev.lares.core.testing.TestDatabase;
import dev.lares.core.testing.TestDatabaseExtension;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// Two domains of one server: a member on one lets somebody of the other into a restricted room.
@ExtendWith(TestDatabaseExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RestrictedJoinTest {
    private static final ServerName OTHER = new ServerName("other.example");
    private static final UserId BOB = UserId.of("bob", OTHER);

    private LogNode node;

    @BeforeAll
    void start(TestDatabase database) {
        node = new LogNode(database, Map.of("lares.domains", OTHER.value()));
    }

    @AfterAll
    void stop() {
        node.close();
    }

    @Test
    void isSignedByBothDomains() {
        var alice = node.user("alice");
        var room = restricted(alice);
        var joined = Rooms.append(node, room, join(alice.value())).eventIds().getFirst();

        var pdu = PduParser.stored(joined, RoomVersion.V11, body(joined));
        assertThat(ReceivedEvent.check(pdu, keys())).isInstanceOf(ReceivedEvent.Genuine.class);
        assertThat(pdu.json().tree().get("signatures").propertyNames())
                .containsExactlyInAnyOrder(LogNode.DOMAIN.value(), OTHER.value());
    }

    @Test
    void isForbiddenWhereTheAuthoriserIsOfAForeignDomainOrNoUser() {
        var alice = node.user("alice");
        var room = restricted(alice);
        assertThatThrownBy(() -> Rooms.append(node, room, join("@alice:elsewhere.example")))
                .isInstanceOf(MatrixException.class);
        assertThatThrownBy(() -> Rooms.append(node, room, join("alice")))
                .isInstanceOf(MatrixException.class);
    }

    private RoomId restricted(UserId alice) {
        var room = Rooms.create(node, alice, RoomVersion.V11);
        var rule =
                """
                {"join_rule":"restricted",
                 "allow":[{"type":"m.room_membership","room_id":"!club:lares.example"}]}
                """;
        Rooms.append(
                node, room, EventDraft.state(alice, "m.room.join_rules", "", Rooms.json(rule)));
        return room;
    }

    private static EventDraft join(String authoriser) {
        return EventDraft.state(
                BOB,
                "m.room.member",
                BOB.value(),
                Rooms.json(
                        "{\"membership\":\"join\",\"join_authorised_via_users_server\":\"%s\"}"
                                .formatted(authoriser)));
    }

    private ServerKeys keys() {
        var signing = node.bean(SigningKeys.class);
        return (server, keyId) ->
                Optional.of(new ServerKey(signing.get(server).verifyKey(), Long.MAX_VALUE, false));
    }

    private byte[] body(EventId eventId) {
        var sql =
                """
                SELECT e.json FROM event e JOIN event_ref r USING (event_nid)
                WHERE r.hash = :hash
                """;
        return node.jdbc()
                .sql(sql)
                .param("hash", EventIds.hash(RoomVersion.V11, eventId).orElseThrow())
                .query(byte[].class)
                .single();
    }
}
