package dev.lares.core.state;

import dev.lares.core.event.StateKey;
import java.util.Set;

/// Which part of a state is read. All but the whole cost in proportion to what they name.
public sealed interface StateSelection {
    String MEMBER = "m.room.member";

    boolean contains(StateKey key);

    static StateSelection whole() {
        return new Whole();
    }

    /// All but `m.room.member`.
    static StateSelection withoutMembers() {
        return new WithoutMembers();
    }

    record Whole() implements StateSelection {
        @Override
        public boolean contains(StateKey key) {
            return true;
        }
    }

    record WithoutMembers() implements StateSelection {
        @Override
        public boolean contains(StateKey key) {
            return !key.type().equals(MEMBER);
        }
    }

    record Types(Set<String> types) implements StateSelection {
        public Types {
            types = Set.copyOf(types);
        }

        @Override
        public boolean contains(StateKey key) {
            return types.contains(key.type());
        }
    }

    record Keys(Set<StateKey> keys) implements StateSelection {
        public Keys {
            keys = Set.copyOf(keys);
        }

        @Override
        public boolean contains(StateKey key) {
            return keys.contains(key);
        }
    }
}
