package dev.lares.client.userdirectory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lares.core.id.UserId;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DirectoryWordsTest {
    private static final UserId ALICE = new UserId("@alice.smith:example.org");

    @Test
    void areThePartsOfNamesAndTheWhole() {
        assertThat(DirectoryWords.of(ALICE, Optional.of("  Élodie  O'Brien ")))
                .containsExactlyInAnyOrder(
                        "@alice.smith:example.org",
                        "alice.smith",
                        "alice",
                        "smith",
                        "elodie o'brien",
                        "elodie",
                        "o",
                        "brien");
    }

    @Test
    void areAllTailsOfWhatHasNoSpaces() {
        assertThat(DirectoryWords.of(ALICE, Optional.of("王小明"))).contains("王小明", "小明", "明");
        assertThat(DirectoryWords.of(ALICE, Optional.of("김철수"))).contains("철수");
    }

    @Test
    void areFewAndShort() {
        var longest = "x".repeat(99) + "😀😀";
        assertThat(DirectoryWords.of(ALICE, Optional.of("w ".repeat(300) + longest)))
                .allMatch(word -> word.length() <= DirectoryWords.LENGTH_MAX);
        assertThat(DirectoryWords.of(ALICE, Optional.of("王".repeat(300))))
                .hasSizeLessThanOrEqualTo(64);
        assertThat(DirectoryWords.fold(" A\u0000B ")).isEqualTo("a b");
    }
}
