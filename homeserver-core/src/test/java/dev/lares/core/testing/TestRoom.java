package dev.lares.core.testing;

/// A room, seen by its creator.
public final class TestRoom {
    private final TestUser creator;
    private final String id;

    TestRoom(TestUser creator, String id) {
        this.creator = creator;
        this.id = id;
    }

    public String id() {
        return id;
    }

    /// Lets these users join.
    public TestRoom joinedBy(TestUser... users) {
        for (TestUser user : users) {
            MatrixAssertions.assertThat(user.join(this)).isOk();
        }
        return this;
    }

    /// The content of a state event, or the error where there is none.
    public TestResponse state(String type, String stateKey) {
        return creator.get(
                "/_matrix/client/v3/rooms/{roomId}/state/{eventType}/{stateKey}",
                id,
                type,
                stateKey);
    }

    /// What the current state says of a user: `join`, `invite` …, and `none` where it says nothing.
    public String membershipOf(TestUser user) {
        var response = state("m.room.member", user.id());
        return response.status() == 404 ? "none" : response.string("/membership");
    }

    @Override
    public String toString() {
        return id;
    }
}
