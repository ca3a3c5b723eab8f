package dev.lares.core.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.id.ServerName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalpartsTest {
    private static final ServerName DOMAIN = new ServerName("test.example");

    @Test
    void makesCapitalsSmall() {
        assertThat(Localparts.newUserId("Alice.B-c_d=e/f+9", DOMAIN).value())
                .isEqualTo("@alice.b-c_d=e/f+9:test.example");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "al ice", "ali:ce", "@alice", "älice", "al\nice", "a\u0000b", "ſ"})
    void refusesWhatTheGrammarForbids(String username) {
        assertInvalid(username);
    }

    @Test
    void countsTheDomain() {
        int most = 255 - "@:test.example".length();
        assertThat(Localparts.newUserId("a".repeat(most), DOMAIN).value()).hasSize(255);
        assertInvalid("a".repeat(most + 1));
    }

    private static void assertInvalid(String username) {
        assertThatThrownBy(() -> Localparts.newUserId(username, DOMAIN))
                .isInstanceOfSatisfying(
                        MatrixException.class,
                        refusal ->
                                assertThat(refusal.code()).isEqualTo(ErrorCode.M_INVALID_USERNAME));
    }
}
