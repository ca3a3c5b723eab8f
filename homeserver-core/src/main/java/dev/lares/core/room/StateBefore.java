package dev.lares.core.room;

import dev.lares.core.event.StateKey;
import dev.lares.core.room.StateBeforeRepository.Question;
import dev.lares.core.state.StateKeys;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Service;

/// What stood at a few places of a room's state before each of many events, in a handful of
/// statements for all of them.
@Service
class StateBefore {
    private final StateBeforeRepository repository;
    private final StateKeys keys;
    private final EventReader events;

    StateBefore(StateBeforeRepository repository, StateKeys keys, EventReader events) {
        this.repository = repository;
        this.keys = keys;
        this.events = events;
    }

    /// The state events at `places` before each of `of`.
    Answers find(RoomRef room, Collection<StoredEvent> of, Collection<StateKey> places) {
        var keyNids = keys.find(room.roomNid(), places);
        var questions = new LinkedHashSet<Question>();
        for (var event : of) {
            if (event.hasState()) {
                for (long keyNid : keyNids.values()) {
                    questions.add(new Question(event.stateLine(), event.stateVer(), keyNid));
                }
            }
        }
        return answers(room, keyNids, List.copyOf(questions));
    }

    /// The state event that each state event of `of` replaced, by the replacing event's number.
    Map<Long, StoredEvent> findReplaced(RoomRef room, Collection<StoredEvent> of) {
        var questions = new HashMap<Long, Question>();
        for (var event : of) {
            if (event.keyNid() != 0 && event.hasState()) {
                questions.put(
                        event.nid(),
                        new Question(event.stateLine(), event.stateVer(), event.keyNid()));
            }
        }
        if (questions.isEmpty()) {
            return Map.of();
        }
        var answers = answers(room, Map.of(), List.copyOf(new LinkedHashSet<>(questions.values())));
        var replaced = new HashMap<Long, StoredEvent>();
        questions.forEach((nid, question) ->
                answers.find(question).ifPresent(event -> replaced.put(nid, event)));
        return replaced;
    }

    private Answers answers(RoomRef room, Map<StateKey, Long> keyNids, List<Question> questions) {
        var nids = repository.find(room.roomNid(), questions);
        var found = events.find(room, new ArrayList<>(new LinkedHashSet<>(nids.values())));
        return new Answers(keyNids, nids, found);
    }

    /// What was found.
    record Answers(
            Map<StateKey, Long> keyNids, Map<Question, Long> nids, Map<Long, StoredEvent> events) {

        /// The event at the place before that event; nothing where the state is not known either.
        Optional<StoredEvent> find(StoredEvent before, StateKey place) {
            var keyNid = keyNids.get(place);
            if (keyNid == null || !before.hasState()) {
                return Optional.empty();
            }
            return find(new Question(before.stateLine(), before.stateVer(), keyNid));
        }

        private Optional<StoredEvent> find(Question question) {
            var nid = nids.get(question);
            return nid == null
                    ? Optional.empty()
                    : Optional.of(
                            Objects.requireNonNull(
                                    events.get(nid),
                                    () -> "state_entry names event " + nid + ", which is missing"));
        }
    }
}
