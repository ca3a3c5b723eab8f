package dev.lares.core.log;

import org.springframework.stereotype.Component;

/// Where this replica's writer hands in what it has committed. For the writer alone.
@Component
public class OwnBatches {
    private final AppliedPosition applied;

    OwnBatches(AppliedPosition applied) {
        this.applied = applied;
    }

    /// Applies the batch, or has what other replicas wrote before it read first.
    public void committed(AppliedBatch batch) {
        if (applied.offer(batch, false) == AppliedPosition.Outcome.AHEAD) {
            applied.fallBehind();
        }
    }
}
