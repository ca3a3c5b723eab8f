package dev.lares.client.userdirectory;

import static dev.lares.core.testing.MatrixAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lares.core.testing.HomeserverTest;
import dev.lares.core.testing.TestHomeserver;
import dev.lares.core.testing.TestUser;
import org.junit.jupiter.api.Test;

@HomeserverTest(properties = "lares.user-directory.search-all-users=true")
class UserDirectoryFeedTest {
    private static final int LOOKS_MAX = 400;

    @Test
    void bringsWhatChangedSoonAndFindsAllWhereThatIsSet(TestHomeserver server) {
        var alice = server.register("alice");
        var bob = server.register("bob");
        assertThat(found(alice, bob.localpart())).contains(bob.id());
        assertThat(
                        bob.put(
                                "/_matrix/client/v3/profile/{userId}/displayname",
                                bob.id(),
                                "{\"displayname\":\"Viola\"}"))
                .isOk();
        assertThat(found(alice, "viola")).contains(bob.id());
    }

    /// Asks again while the log goes on, which the feed follows.
    private static String found(TestUser user, String term) {
        var room = user.createRoom();
        for (int i = 0; i < LOOKS_MAX; i++) {
            var answer =
                    user.post(
                            "/_matrix/client/v3/user_directory/search",
                            "{\"search_term\":\"%s\"}".formatted(term));
            assertThat(answer).isOk();
            if (!answer.json("/results").isEmpty()) {
                return answer.text();
            }
            user.say(room, "still looking");
        }
        return "nobody";
    }
}
