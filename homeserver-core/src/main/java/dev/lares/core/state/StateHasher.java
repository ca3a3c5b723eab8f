package dev.lares.core.state;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.macs.SipHash128;
import org.bouncycastle.crypto.params.KeyParameter;

/// Computes [StateHash]es with a secret of the database. Without the secret a sender of events
/// could choose event IDs so that two different states have one hash.
public final class StateHasher {
    private static final int KEY_BYTES = 16;

    /// An element that no entry has, since keys are positive: it keeps a partial state, of which
    /// part is unknown, apart from a whole state with the same known entries.
    private static final StateChange UNKNOWN_REST = StateChange.added(-1, -1);

    private final KeyParameter key;

    /// @param secret at least 16 random bytes, the same for the life of the database
    public StateHasher(byte[] secret) {
        if (secret.length < KEY_BYTES) {
            throw new IllegalArgumentException("The secret of the state hashes is too short");
        }
        var digest = new SHA256Digest();
        digest.update(secret, 0, secret.length);
        var hashed = new byte[digest.getDigestSize()];
        digest.doFinal(hashed, 0);
        this.key = new KeyParameter(Arrays.copyOf(hashed, KEY_BYTES));
    }

    /// The hash of a state after some of its keys changed.
    public StateHash after(StateHash before, Collection<StateChange> changes) {
        var mac = new SipHash128();
        mac.init(key);
        var hash = before;
        for (var change : changes) {
            if (change.oldEventNid() != 0) {
                hash = hash.minus(element(mac, change.keyNid(), change.oldEventNid()));
            }
            if (change.newEventNid() != 0) {
                hash = hash.plus(element(mac, change.keyNid(), change.newEventNid()));
            }
        }
        return hash;
    }

    /// What the hash of a state begins with: of a partial state, something else than of a whole.
    StateHash empty(StateExtent extent) {
        return switch (extent) {
            case WHOLE -> StateHash.EMPTY;
            case PARTIAL -> after(StateHash.EMPTY, List.of(UNKNOWN_REST));
        };
    }

    private static StateHash element(SipHash128 mac, long keyNid, long eventNid) {
        var input = ByteBuffer.allocate(Long.BYTES * 2).putLong(keyNid).putLong(eventNid).array();
        mac.update(input, 0, input.length);
        var output = new byte[mac.getMacSize()];
        mac.doFinal(output, 0);
        return StateHash.of(output);
    }
}
