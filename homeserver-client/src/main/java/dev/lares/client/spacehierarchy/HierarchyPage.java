package dev.lares.client.spacehierarchy;

/// Where a walk through a space goes on.
///
/// @param roomNid the space that it began with
/// @param waiting see [HierarchyWalk#waitingText]
/// @param seen see [HierarchyWalk#seenText]
record HierarchyPage(
        long userNid,
        long roomNid,
        boolean suggestedOnly,
        int depthMax,
        String waiting,
        String seen) {}
