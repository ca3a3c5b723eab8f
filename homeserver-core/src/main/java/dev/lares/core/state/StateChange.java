package dev.lares.core.state;

/// One key of a state that gets another event.
///
/// @param keyNid internal number of the key in its room
/// @param oldEventNid the event before; 0 where the key was absent
/// @param newEventNid the event from now on; 0 where the key is removed
public record StateChange(long keyNid, long oldEventNid, long newEventNid) {
    public StateChange {
        if (oldEventNid == newEventNid) {
            throw new IllegalArgumentException("Key " + keyNid + " does not change");
        }
    }

    public static StateChange added(long keyNid, long eventNid) {
        return new StateChange(keyNid, 0, eventNid);
    }

    /// By how many keys the state grows.
    int growth() {
        return (oldEventNid == 0 ? 1 : 0) - (newEventNid == 0 ? 1 : 0);
    }
}
