package dev.lares.client.histories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lares.client.histories.ClientRoom.Stretch;
import dev.lares.client.histories.World.Person;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Reads what a timeline left out.
///
/// @param as who does so, for who reads of a failure
record Pages(Person person, String room, String as) {
    /// Pages of one gap; more are a server that leads in circles.
    private static final int PAGES_MAX = 200;

    /// Pages back from each stretch to the end of the one before it.
    void fillGaps(List<Stretch> timeline, RandomGenerator random) {
        while (timeline.size() > 1) {
            var later = timeline.removeLast();
            var earlier = timeline.removeLast();
            var until = earlier.ids().isEmpty() ? "" : earlier.ids().getLast();
            var between = back(later.before(), until, random);
            assertThat(between.reached()).as("%s fills a gap", as).isTrue();
            var all = new ArrayList<>(earlier.ids());
            all.addAll(between.ids());
            all.addAll(later.ids());
            timeline.add(new Stretch(earlier.before(), all));
        }
    }

    /// Pages back from the first stretch to the beginning.
    void fillBeginning(List<Stretch> timeline, RandomGenerator random) {
        if (!timeline.isEmpty()) {
            var first = timeline.removeFirst();
            var all = new ArrayList<>(back(first.before(), "", random).ids());
            all.addAll(first.ids());
            timeline.addFirst(new Stretch(Optional.empty(), all));
        }
    }

    private record Page(List<String> ids, boolean reached) {}

    /// @param until the event to stop at, or nothing: to the beginning
    private Page back(Optional<String> from, String until, RandomGenerator random) {
        var ids = new ArrayList<String>();
        var place = from;
        for (int page = 0; place.isPresent() && page < PAGES_MAX; page++) {
            var answer =
                    person.at(random)
                            .get(
                                    "/_matrix/client/v3/rooms/{roomId}/messages?dir=b&limit={limit}&from={from}",
                                    room,
                                    3 + random.nextInt(30),
                                    place.get());
            assertThat(answer.status()).as("%s pages: %s", as, answer).isEqualTo(200);
            var json = answer.json();
            for (var event : json.path("chunk")) {
                var id = event.path("event_id").stringValue();
                if (id.equals(until)) {
                    return new Page(ids.reversed(), true);
                }
                ids.add(id);
            }
            place =
                    json.path("end").isString()
                            ? Optional.of(json.path("end").stringValue())
                            : Optional.empty();
        }
        return new Page(ids.reversed(), until.isEmpty() && place.isEmpty());
    }
}
