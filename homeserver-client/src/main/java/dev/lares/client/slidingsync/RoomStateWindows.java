package dev.lares.client.slidingsync;

import dev.lares.core.event.StateKey;
import dev.lares.core.log.Position;
import dev.lares.core.room.RoomRef;
import dev.lares.core.state.StateEntry;
import dev.lares.core.state.StateReader;
import dev.lares.core.state.StateSelection;
import dev.lares.core.state.StateWindow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/// Reads the states of rooms that no head has: of rooms that the user has left, of those of which a
/// client has not heard for long, and all members of large ones.
@Component
class RoomStateWindows {
    private final StateReader states;
    private final StateBodies bodies;

    RoomStateWindows(StateReader states, StateBodies bodies) {
        this.states = states;
        this.bodies = bodies;
    }

    void collect(List<RoomDraft> drafts) {
        if (drafts.isEmpty()) {
            return;
        }
        var windows = new ArrayList<StateWindow>();
        var whole = new HashMap<Long, Position>();
        var withoutMembers = new HashMap<Long, Position>();
        for (var draft : drafts) {
            var news = draft.news();
            if (!news.isInitial()) {
                windows.add(new StateWindow(news.roomNid(), news.from(), draft.end()));
            }
            if (news.isInitial() || news.expandsState()) {
                (draft.config().wantsAllMembers() ? whole : withoutMembers)
                        .put(news.roomNid(), draft.end());
            }
        }
        var changed = states.delta(windows, StateSelection.whole());
        var full = new HashMap<Long, List<StateEntry>>(states.wholeAt(whole));
        full.putAll(states.withoutMembersAt(withoutMembers));
        var refs = drafts.stream().map(draft -> draft.news().selected().room().ref()).toList();
        var changes = bodies.bodies(refs, changed);
        var all = bodies.bodies(refs, full);
        for (var draft : drafts) {
            var ref = draft.news().selected().room().ref();
            draft.collectRead(of(changes, ref), of(all, ref));
        }
    }

    private static Map<StateKey, ToldState> of(
            Map<RoomRef, Map<StateKey, ToldState>> found, RoomRef room) {
        return found.getOrDefault(room, Map.of());
    }
}
