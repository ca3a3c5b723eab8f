package dev.lares.core.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lares.core.error.MatrixException;
import dev.lares.core.event.Pdu;
import dev.lares.core.event.ReceivedEvent;
import dev.lares.core.id.ServerName;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// All vectors of the authorization rules, as a server meets them on receipt of an event.
class AuthRulesVectorsTest {
    @ParameterizedTest
    @MethodSource
    void areDecidedAsTheSpecificationHasIt(AuthVectors.Case vector) {
        var expected =
                OtherCheck.of(vector)
                        .map(OtherCheck::deniedBy)
                        .or(() -> AuthDeviation.of(vector).map(AuthDeviation::deniedBy))
                        .orElse(vector.deniedBy());

        assertThat(deniedBy(vector))
                .as(() -> vector.note() + " " + vector.line())
                .isEqualTo(expected);
    }

    static Stream<AuthVectors.Case> areDecidedAsTheSpecificationHasIt() {
        return AuthVectors.all();
    }

    /// Which of the checks on receipt denies the candidate; empty if none does.
    private static String deniedBy(AuthVectors.Case vector) {
        Pdu event;
        Set<ServerName> signers;
        try {
            event = vector.candidate();
            signers = ReceivedEvent.requiredSigners(event);
        } catch (MatrixException e) {
            return "format";
        }
        var signatures = event.json().tree().get("signatures");
        if (!signers.stream().allMatch(signer -> signatures.has(signer.value()))) {
            return "format";
        }
        var room = vector.room();
        var byAuthEvents =
                AuthEventsCheck.check(
                        event,
                        room.authEvents(event),
                        cited -> room.rejected().contains(cited.eventId()),
                        room.impliedCreate(event));
        if (!byAuthEvents.isAllowed()) {
            return "auth_events";
        }
        return EventAuthorizer.check(event, room.state()).isAllowed() ? "" : "state";
    }

    /// The vectors cite exactly what the selection names and the state has, except where they are
    /// about citing something else. The selection changed with these versions.
    @ParameterizedTest
    @MethodSource
    void citeWhatTheSelectionNames(AuthVectors.Case vector) {
        var room = vector.room();
        var event = vector.candidate();

        var selected =
                AuthEventSelection.of(event).stream()
                        .flatMap(key -> room.state().find(key).stream())
                        .toList();

        assertThat(room.authEvents(event)).containsExactlyInAnyOrderElementsOf(selected);
    }

    static Stream<AuthVectors.Case> citeWhatTheSelectionNames() {
        return AuthVectors.of("1", "8", "12")
                .filter(AuthVectors.Case::allow)
                .filter(vector -> !vector.group().equals("auth-events"))
                .filter(vector -> !vector.group().equals("older-state"));
    }
}
