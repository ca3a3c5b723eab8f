package dev.lares.core.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// All vectors of the authorization rules, as a server meets them on receipt of an event.
class AuthRulesVectorsTest {
    @ParameterizedTest
    @MethodSource
    void areDecidedAsTheSpecificationHasIt(AuthVectors.Case vector) {
        var room = vector.room();
        var byAuthEvents =
                AuthEventsCheck.check(
                        room.event(),
                        room.authEvents(),
                        event -> room.rejected().contains(event.eventId()),
                        room.impliedCreate());
        var byState = EventAuthorizer.check(room.event(), room.state());
        var deniedBy =
                !byAuthEvents.isAllowed() ? "auth_events" : byState.isAllowed() ? "" : "state";
        var expected =
                AuthDeviation.of(vector).map(AuthDeviation::deniedBy).orElse(vector.deniedBy());

        assertThat(deniedBy)
                .as(() -> vector.note() + " " + byAuthEvents + " " + byState + " " + vector.line())
                .isEqualTo(expected);
    }

    static Stream<AuthVectors.Case> areDecidedAsTheSpecificationHasIt() {
        return AuthVectors.all().filter(vector -> !vector.deniedBy().equals("format"));
    }

    /// The vectors cite exactly what the selection names and the state has, except where they are
    /// about citing something else.
    @ParameterizedTest
    @MethodSource
    void citeWhatTheSelectionNames(AuthVectors.Case vector) {
        var room = vector.room();

        var selected =
                AuthEventSelection.of(room.event()).stream()
                        .flatMap(key -> room.state().find(key).stream())
                        .toList();

        assertThat(room.authEvents()).containsExactlyInAnyOrderElementsOf(selected);
    }

    static Stream<AuthVectors.Case> citeWhatTheSelectionNames() {
        return AuthVectors.all()
                .filter(AuthVectors.Case::allow)
                .filter(vector -> !vector.group().equals("auth-events"))
                .filter(vector -> !vector.group().equals("older-state"));
    }
}
