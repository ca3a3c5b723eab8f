package dev.lares.core.secret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lares.core.account.SignInContext;
import dev.lares.core.testing.TestDatabase;
import dev.lares.core.testing.TestDatabaseExtension;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabaseExtension.class)
class SealedValuesTest {
    private SignInContext context;
    private SealedValues sealed;

    @BeforeEach
    void open(TestDatabase database) {
        context = new SignInContext(database, Map.of());
        sealed = context.get(SealedValues.class);
    }

    @AfterEach
    void close() {
        context.close();
    }

    @Test
    void areOpenedForTheirPurposeWhileTheyLive(TestDatabase database) {
        var text = sealed.seal("one", new byte[] {1, 2}, Duration.ofMinutes(1));
        assertThat(sealed.open("one", text)).contains(new byte[] {1, 2});
        assertThat(sealed.open("two", text)).isEmpty();
        try (var replica = new SignInContext(database, Map.of())) {
            assertThat(replica.get(SealedValues.class).open("one", text)).isPresent();
        }
        context.pass(Duration.ofMinutes(1));
        assertThat(sealed.open("one", text)).isEmpty();
    }

    @Test
    void areNotOpenedWhenAnyCharacterIsChanged() {
        var text = sealed.seal("one", new byte[] {1, 2}, Duration.ofMinutes(1));
        for (int i = 0; i < text.length(); i++) {
            char other = text.charAt(i) == 'A' ? 'B' : 'A';
            var forged = text.substring(0, i) + other + text.substring(i + 1);
            // The last character holds bits that belong to no byte.
            if (i < text.length() - 1) {
                assertThat(sealed.open("one", forged)).as("character %d", i).isEmpty();
            }
        }
        assertThat(sealed.open("one", "")).isEmpty();
        assertThat(sealed.open("one", "ü")).isEmpty();
        assertThat(sealed.open("one", "A".repeat(5000))).isEmpty();
    }
}
