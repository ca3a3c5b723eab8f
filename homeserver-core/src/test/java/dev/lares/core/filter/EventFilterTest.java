package dev.lares.core.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventFilterTest {
    @ParameterizedTest
    @CsvSource({
        "m.room.message, m.room.message, true",
        "m.room.message, m.room.messages, false",
        "m.room.*, m.room.member, true",
        "m.room.*, m.reaction, false",
        "*, anything, true",
        "*.member, m.room.member, true",
        "*.member, m.room.members, false",
        "m.*.e*t, m.x.event, true",
        "m.*.e*t, m.x.events, false",
        "a*b*c, aXbXbXc, true"
    })
    void matchesPatternsOfTypes(String pattern, String type, boolean matches) {
        assertThat(EventFilter.matches(pattern, type)).isEqualTo(matches);
    }

    @Test
    void answersAHostilePatternSoon() {
        assertThat(EventFilter.matches("*a".repeat(500) + "b", "a".repeat(250))).isFalse();
    }

    @Test
    void excludesWhatBothListsName() {
        var all = EventFilter.all(10);
        var filter =
                new EventFilter(
                        10,
                        Optional.of(List.of("m.*")),
                        List.of("m.room.member"),
                        all.senders(),
                        List.of("@troll:x"),
                        all.rooms(),
                        all.notRooms(),
                        all.containsUrl(),
                        List.of(),
                        List.of(),
                        all.members(),
                        all.threadCounts());
        assertThat(filter.wants("m.room.name", "@a:x")).isTrue();
        assertThat(filter.wants("m.room.member", "@a:x")).isFalse();
        assertThat(filter.wants("m.room.name", "@troll:x")).isFalse();
        assertThat(filter.wants("x.y", "@a:x")).isFalse();
        assertThat(filter.wantsAllEvents()).isFalse();
        assertThat(all.wantsAllEvents()).isTrue();
    }
}
