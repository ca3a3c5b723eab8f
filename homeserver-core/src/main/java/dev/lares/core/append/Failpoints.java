package dev.lares.core.append;

import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/// Places in an append where tests break things, because that is where it hurts. In production
/// nothing is set, and a place costs one look into an empty map.
@Component
public class Failpoints {
    private final Map<Place, Action> actions = new ConcurrentHashMap<>();

    public Failpoints() {}

    /// Where.
    public enum Place {
        /// The rooms and accounts are locked and nothing is written.
        ROOMS_LOCKED,
        /// An event has left its batch, and its states are about to be read.
        STATES_WANTED,
        /// All is built, and the message that ends with COMMIT is about to be sent.
        APPEND_BUILT,
        /// The answer to COMMIT has arrived and the writer has not looked at it.
        APPEND_ANSWERED
    }

    /// What happens there: may block, throw, or end the process.
    public interface Action {
        void run() throws SQLException;
    }

    public void set(Place place, Action action) {
        actions.put(place, action);
    }

    public void clear(Place place) {
        actions.remove(place);
    }

    void reached(Place place) throws SQLException {
        var action = actions.get(place);
        if (action != null) {
            action.run();
        }
    }
}
