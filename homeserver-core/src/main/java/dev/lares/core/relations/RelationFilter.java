package dev.lares.core.relations;

import java.util.Optional;

/// Which relations are asked for.
///
/// @param eventType of the events that relate
public record RelationFilter(Optional<String> relType, Optional<String> eventType) {
    public static final RelationFilter ALL = new RelationFilter(Optional.empty(), Optional.empty());
}
