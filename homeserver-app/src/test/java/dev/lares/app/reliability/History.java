package dev.lares.app.reliability;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// A room's events as `/messages` tells them, oldest first.
record History(List<Event> events) {
    private static final int PAGES_MAX = 1_000;

    /// @param body of a message or of a state event of tests; else empty
    record Event(String eventId, String type, String body) {}

    List<String> eventIds() {
        return events.stream().map(Event::eventId).toList();
    }

    /// From the newest event back.
    static History backwards(Replica at, Device device, String roomId)
            throws IOException, InterruptedException {
        return new History(pages(at, device, roomId, "b").reversed());
    }

    /// From the oldest event on.
    static History forwards(Replica at, Device device, String roomId)
            throws IOException, InterruptedException {
        return new History(pages(at, device, roomId, "f"));
    }

    private static List<Event> pages(Replica at, Device device, String roomId, String direction)
            throws IOException, InterruptedException {
        var events = new ArrayList<Event>();
        var from = "";
        for (int page = 0; page < PAGES_MAX; page++) {
            var target = Device.room(roomId) + "/messages?limit=300&dir=" + direction + from;
            var answer = device.get(at, target).requireOk();
            answer.json().at("/chunk").forEach(event -> events.add(event(event)));
            if (answer.json().at("/end").isMissingNode()) {
                return events;
            }
            from = "&from=" + answer.string("/end");
        }
        throw new AssertionError("more than " + PAGES_MAX + " pages");
    }

    private static Event event(JsonNode event) {
        return new Event(
                event.at("/event_id").stringValue(),
                event.at("/type").stringValue(),
                event.at("/content/body").asString(""));
    }
}
