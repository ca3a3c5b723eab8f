package dev.lares.core.append;

import dev.lares.core.log.LogSecrets;
import dev.lares.core.state.LinePlanner;
import dev.lares.core.state.StateChange;
import dev.lares.core.state.StateHash;
import dev.lares.core.state.StateHasher;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Plans versions of the main line, and computes hashes of states. Made at first use, since its
/// secret is in the database.
@Component
class StatePlanning {
    private final LogSecrets secrets;
    private volatile @Nullable Plans plans;

    StatePlanning(LogSecrets secrets) {
        this.secrets = secrets;
    }

    private record Plans(StateHasher hasher, LinePlanner planner) {}

    LinePlanner planner() {
        return plans().planner();
    }

    StateHash hashAfter(StateHash before, List<StateChange> changes) {
        return plans().hasher().after(before, changes);
    }

    private Plans plans() {
        var known = plans;
        if (known == null) {
            var hasher = new StateHasher(secrets.stateHashKey());
            known = new Plans(hasher, new LinePlanner(hasher));
            plans = known;
        }
        return known;
    }
}
