package dev.lares.core.search;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchTermTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "Hello, World | ('hello':*) & ('world':*)",
                "hello hello | ('hello':*)",
                "it's | ('it''s':*)",
                "no 7 of 12 | ('no') & ('7') & ('of') & ('12')",
                "東京都 | ('東' <-> '京' <-> '都')",
                "東京 大阪 | ('東' <-> '京') & ('大' <-> '阪')",
                "ＡＢＣ | ('abc':*)",
                "abc한글 | ('abc':*) & ('한' <-> '글')",
                "... |"
            })
    void becomesAQuery(String text, String query) {
        assertThat(SearchTerm.of(text).query()).isEqualTo(query == null ? "" : query);
    }

    @ParameterizedTest
    @CsvSource({"東京 大阪,東京", "Über uns,über"})
    void highlightsItsWords(String text, String first) {
        assertThat(SearchTerm.of(text).highlights().getFirst()).isEqualTo(first);
    }
}
