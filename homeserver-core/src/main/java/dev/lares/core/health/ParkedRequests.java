package dev.lares.core.health;

/// Requests that wait for news without holding a thread. Every bean of this type is asked to answer
/// them when the server stops, before the web server waits for what is under way.
public interface ParkedRequests {
    /// Answers all of them with what there is, and parks none from now on. Returns at once.
    void release();
}
