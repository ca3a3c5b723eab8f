package dev.lares.core.relations;

import dev.lares.core.json.JsonOutput;
import dev.lares.core.room.TimelineEvent;
import java.util.List;

/// Writes an `m.relations`, or its members.
final class BundleOutput {
    private static final int CAPACITY = 512;

    private final JsonOutput out = new JsonOutput(CAPACITY);

    /// @param event rendered
    void edit(byte[] event) {
        member().ascii("\"m.replace\":").raw(event);
    }

    void references(List<TimelineEvent> events) {
        member().ascii("\"m.reference\":{\"chunk\":[");
        for (var event : events) {
            if (out.last() == '}') {
                out.ascii(',');
            }
            out.ascii("{\"event_id\":").string(event.event().eventId().value()).ascii('}');
        }
        out.ascii("]}");
    }

    /// @param latest rendered
    void thread(byte[] latest, long events, Participation participation) {
        member().ascii("\"m.thread\":{\"count\":").number(events);
        out.ascii(",\"current_user_participated\":").ascii(participation.json());
        out.ascii(",\"latest_event\":").raw(latest).ascii('}');
    }

    /// Members that are ready.
    void members(byte[] members) {
        if (members.length > 0) {
            member().raw(members);
        }
    }

    private JsonOutput member() {
        return out.size() == 0 ? out : out.ascii(',');
    }

    /// Without the braces.
    byte[] toMembers() {
        return out.toBytes();
    }

    byte[] toBytes() {
        var members = out.toBytes();
        return new JsonOutput(members.length + 2).ascii('{').raw(members).ascii('}').toBytes();
    }
}
