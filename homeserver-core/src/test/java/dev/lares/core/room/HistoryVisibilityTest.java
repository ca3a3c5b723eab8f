package dev.lares.core.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lares.core.membership.Membership;
import dev.lares.core.room.HistoryVisibility.JoinedLater;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.node.JsonNodeFactory;

class HistoryVisibilityTest {
    @ParameterizedTest
    @CsvSource({
        "WORLD_READABLE, LEAVE, NO, true",
        "WORLD_READABLE, BAN, NO, true",
        "SHARED, JOIN, NO, true",
        "SHARED, LEAVE, YES, true",
        "SHARED, LEAVE, NO, false",
        "SHARED, INVITE, NO, false",
        "SHARED, BAN, YES, true",
        "INVITED, INVITE, NO, true",
        "INVITED, JOIN, NO, true",
        "INVITED, LEAVE, YES, false",
        "INVITED, KNOCK, YES, false",
        "JOINED, JOIN, NO, true",
        "JOINED, INVITE, YES, false",
        "JOINED, LEAVE, YES, false"
    })
    void allowsWhatTheRulesSay(
            HistoryVisibility visibility,
            Membership membership,
            JoinedLater later,
            boolean allowed) {
        assertThat(visibility.allows(membership, later)).isEqualTo(allowed);
    }

    @ParameterizedTest
    @EnumSource(HistoryVisibility.class)
    void neverHidesWhatWasSentToMembers(HistoryVisibility visibility) {
        assertThat(visibility.allows(Membership.JOIN, JoinedLater.NO)).isTrue();
    }

    @Test
    void isSharedWhereNothingUnderstandableIsSet() {
        var object = JsonNodeFactory.instance.objectNode();
        assertThat(HistoryVisibility.of(Optional.empty())).isEqualTo(HistoryVisibility.SHARED);
        assertThat(HistoryVisibility.of(Optional.of(object))).isEqualTo(HistoryVisibility.SHARED);
        object.put("history_visibility", 7);
        assertThat(HistoryVisibility.of(Optional.of(object))).isEqualTo(HistoryVisibility.SHARED);
        object.put("history_visibility", "private");
        assertThat(HistoryVisibility.of(Optional.of(object))).isEqualTo(HistoryVisibility.SHARED);
        object.put("history_visibility", "invited");
        assertThat(HistoryVisibility.of(Optional.of(object))).isEqualTo(HistoryVisibility.INVITED);
    }
}
