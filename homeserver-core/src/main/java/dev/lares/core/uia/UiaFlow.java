package dev.lares.core.uia;

import java.util.Collection;
import java.util.List;

/// Stages that suffice when all are passed.
public record UiaFlow(List<UiaStage> stages) {
    public UiaFlow {
        stages = List.copyOf(stages);
    }

    public static UiaFlow of(UiaStage... stages) {
        return new UiaFlow(List.of(stages));
    }

    boolean passedBy(Collection<UiaStage> completed) {
        return completed.containsAll(stages);
    }
}
