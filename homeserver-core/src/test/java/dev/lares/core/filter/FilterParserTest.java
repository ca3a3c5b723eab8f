package dev.lares.core.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.json.JsonRules;
import dev.lares.core.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilterParserTest {
    private static Filter parse(String json) {
        return FilterParser.parse(
                JsonText.parseObject(json.getBytes(StandardCharsets.UTF_8), JsonRules.STRICT));
    }

    @Test
    void readsWhatClientsSend() {
        var filter =
                parse(
                        """
                        {"event_fields": ["content.body"], "event_format": "federation",
                         "room": {"rooms": ["!a:x"], "not_rooms": ["!b:x"], "include_leave": true,
                                  "timeline": {"limit": 7, "unread_thread_notifications": true},
                                  "state": {"lazy_load_members": true}}}
                        """);
        assertThat(filter.eventFields()).contains(List.of("content.body"));
        assertThat(filter.eventFormat()).isEqualTo(Filter.EventFormat.FEDERATION);
        assertThat(filter.leftRooms()).isEqualTo(Filter.LeftRooms.INCLUDE);
        assertThat(filter.timeline().limit()).isEqualTo(7);
        assertThat(filter.timeline().threadCounts()).isEqualTo(EventFilter.ThreadCounts.BY_THREAD);
        assertThat(filter.state().members()).isEqualTo(EventFilter.MemberLoading.LAZY);
        assertThat(filter.wantsRoom("!a:x")).isTrue();
        assertThat(filter.wantsRoom("!b:x")).isFalse();
        assertThat(filter.wantsRoom("!c:x")).isFalse();
    }

    @Test
    void givesDefaultsWhereNothingIsSaid() {
        assertThat(parse("{}")).isEqualTo(Filter.DEFAULT);
    }

    @Test
    void boundsTheLimit() {
        assertThat(parse("{\"room\": {\"timeline\": {\"limit\": 123456}}}").timeline().limit())
                .isEqualTo(EventFilter.LIMIT_MAX);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"room\": 1}",
                "{\"room\": {\"timeline\": []}}",
                "{\"room\": {\"timeline\": {\"limit\": \"1\"}}}",
                "{\"room\": {\"timeline\": {\"limit\": -1}}}",
                "{\"room\": {\"timeline\": {\"types\": \"m.room.message\"}}}",
                "{\"room\": {\"timeline\": {\"types\": [1]}}}",
                "{\"room\": {\"state\": {\"lazy_load_members\": 1}}}",
                "{\"room\": {\"include_leave\": \"yes\"}}",
                "{\"event_format\": \"other\"}",
                "{\"event_fields\": {}}"
            })
    void refusesWrongTypes(String json) {
        assertThatThrownBy(() -> parse(json))
                .isInstanceOfSatisfying(
                        MatrixException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.M_BAD_JSON));
    }
}
