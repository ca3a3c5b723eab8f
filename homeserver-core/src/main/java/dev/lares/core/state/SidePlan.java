package dev.lares.core.state;

import java.util.List;

/// Which rows make a state that is not current one that an event can refer to.
public sealed interface SidePlan {
    /// None: there is a version with that state.
    record Stored(StateVersion version) implements SidePlan {}

    /// A further version of a side line that stands at its tip.
    record Extended(StateVersion tip, StateHash hash, List<StateChange> changes)
            implements SidePlan {
        public Extended {
            changes = List.copyOf(changes);
        }
    }

    /// A new line, with one version.
    ///
    /// @param line its number
    /// @param parent what the line is based on
    /// @param parentSize rows that a copy of the parent takes
    /// @param changes against the state that was asked for; against `parent` where nothing is
    ///   copied
    /// @param copies versions whose own entries the line copies, nearest first, because it would
    ///   stand too deep on them
    /// @param absorptions old lines that are moved up first, in this order
    /// @param page the page of history that starts here, or 0
    record Opened(
            int line,
            StateRef parent,
            int parentSize,
            int depth,
            StateHash hash,
            List<StateChange> changes,
            List<StateRef> copies,
            List<Absorption> absorptions,
            int page)
            implements SidePlan {
        public Opened {
            changes = List.copyOf(changes);
            copies = List.copyOf(copies);
            absorptions = List.copyOf(absorptions);
        }
    }

    /// A line takes over the entries of its parent and hangs on its grandparent. No state changes.
    ///
    /// @param line which is moved up
    /// @param copied its parent until now
    /// @param parent its parent from now on
    /// @param parentSize rows that a copy of the new parent takes
    record Absorption(int line, StateRef copied, StateRef parent, int parentSize) {}
}
