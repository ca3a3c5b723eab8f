package dev.lares.core.stateres;

/// Orders nodes so that each comes after all to which it has an edge.
final class Topology {
    private Topology() {}

    /// @param starts where the edges of each node begin in `targets`, and where the last one's end
    static int[] causesFirst(int size, int[] starts, int[] targets) {
        var pending = new int[size];
        var citedStarts = new int[size + 1];
        for (int node = 0; node < size; node++) {
            pending[node] = starts[node + 1] - starts[node];
        }
        int edgeCount = size == 0 ? 0 : starts[size];
        for (int edge = 0; edge < edgeCount; edge++) {
            citedStarts[targets[edge] + 1]++;
        }
        for (int node = 0; node < size; node++) {
            citedStarts[node + 1] += citedStarts[node];
        }
        var citing = new int[edgeCount];
        var fill = citedStarts.clone();
        for (int node = 0; node < size; node++) {
            for (int edge = starts[node]; edge < starts[node + 1]; edge++) {
                citing[fill[targets[edge]]++] = node;
            }
        }
        var order = new int[size];
        int done = 0;
        for (int node = 0; node < size; node++) {
            if (pending[node] == 0) {
                order[done++] = node;
            }
        }
        for (int next = 0; next < done; next++) {
            int node = order[next];
            for (int i = citedStarts[node]; i < citedStarts[node + 1]; i++) {
                if (--pending[citing[i]] == 0) {
                    order[done++] = citing[i];
                }
            }
        }
        if (done < size) {
            throw new IllegalArgumentException("Events cite one another in a circle");
        }
        return order;
    }
}
