package dev.lares.client.slidingsync;

import dev.lares.client.roomhead.HeadState;
import dev.lares.client.roomhead.ReadyJson;
import dev.lares.client.sync.JsonBuffer;
import dev.lares.core.event.ClientEvents;
import dev.lares.core.event.StateKey;
import java.util.Optional;

/// What an answer tells of one place of a room's state.
///
/// @param nid internal number of the event; 0 where the place was emptied
record ToldState(StateKey key, long nid, ReadyJson json) {
    /// @param now milliseconds since 1970
    static ToldState of(HeadState state, long now) {
        return state.isGone()
                ? gone(state.key())
                : new ToldState(
                        state.key(),
                        state.nid(),
                        new ReadyJson(
                                ClientEvents.withUnsigned(
                                        state.json().bytes(),
                                        now - state.originServerTs(),
                                        Optional.empty(),
                                        Optional.empty())));
    }

    static ToldState gone(StateKey key) {
        var stub = new JsonBuffer().openObject();
        stub.name("type").string(key.type());
        stub.name("state_key").string(key.stateKey());
        return new ToldState(key, 0, new ReadyJson(stub.closeObject().toBytes()));
    }

    boolean isGone() {
        return nid == 0;
    }
}
