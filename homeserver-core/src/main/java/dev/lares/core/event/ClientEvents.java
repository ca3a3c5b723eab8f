package dev.lares.core.event;

import dev.lares.core.json.CanonicalMembers;
import dev.lares.core.json.JsonOutput;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/// Writes events as clients get them. The values are cut out of the event's canonical bytes,
/// nothing is parsed or copied as a tree. Every rendered event ends with its `unsigned`, so that
/// what is for one device only can be put into bytes that were made for all.
public final class ClientEvents {
    private static final int FRAME_BYTES = 256;
    private static final byte[] CONTENT = ascii("content");
    private static final byte[] ORIGIN_SERVER_TS = ascii("origin_server_ts");
    private static final byte[] SENDER = ascii("sender");
    private static final byte[] STATE_KEY = ascii("state_key");
    private static final byte[] TYPE = ascii("type");

    private ClientEvents() {}

    /// Renders an event. Where `unsigned` says that a redaction applies to it, only what the
    /// [redaction algorithm][Redaction] leaves is shown.
    public static byte[] render(Pdu pdu, EventShape shape, EventUnsigned unsigned) {
        var shown = unsigned.redactedBecause().isPresent() ? Redaction.redact(pdu) : pdu;
        return switch (shape) {
            case WITH_ROOM_ID, WITHOUT_ROOM_ID -> renderForClients(shown, shape, unsigned);
            case FEDERATION -> renderForServers(shown, unsigned);
        };
    }

    private static byte[] renderForClients(Pdu pdu, EventShape shape, EventUnsigned unsigned) {
        byte[] json = pdu.json().bytes();
        var out = new JsonOutput(json.length + FRAME_BYTES);
        out.ascii("{\"event_id\":").string(pdu.eventId().value());
        var members = new CanonicalMembers(json);
        while (members.next()) {
            if (members.isNamed(CONTENT)) {
                out.ascii(",\"content\":");
                writeContent(pdu, members, json, out);
            } else if (members.isNamed(ORIGIN_SERVER_TS)
                    || members.isNamed(SENDER)
                    || members.isNamed(STATE_KEY)
                    || members.isNamed(TYPE)) {
                copy(members, json, out);
            }
        }
        // From v11 on the target stands in the content; older clients look for it here.
        pdu.redacts().ifPresent(target -> out.ascii(",\"redacts\":").string(target.value()));
        if (shape == EventShape.WITH_ROOM_ID) {
            out.ascii(",\"room_id\":").string(pdu.roomId().value());
        }
        return close(out, unsigned);
    }

    private static byte[] renderForServers(Pdu pdu, EventUnsigned unsigned) {
        byte[] json = pdu.json().bytes();
        var out = new JsonOutput(json.length + FRAME_BYTES);
        return close(out.raw(json, 0, json.length - 1), unsigned);
    }

    private static byte[] close(JsonOutput out, EventUnsigned unsigned) {
        out.ascii(",\"unsigned\":");
        unsigned.write(out);
        return out.ascii('}').toBytes();
    }

    private static void writeContent(
            Pdu pdu, CanonicalMembers members, byte[] json, JsonOutput out) {
        var target = pdu.redacts();
        if (target.isEmpty() || pdu.content().has("redacts")) {
            out.raw(json, members.valueFrom(), members.valueTo());
            return;
        }
        // Before v11 the target stands beside the content; newer clients look for it there.
        out.raw(json, members.valueFrom(), members.valueTo() - 1);
        if (out.last() != '{') {
            out.ascii(',');
        }
        out.ascii("\"redacts\":").string(target.get().value()).ascii('}');
    }

    private static void copy(CanonicalMembers members, byte[] json, JsonOutput out) {
        out.ascii(",\"")
                .ascii(members.name())
                .ascii("\":")
                .raw(json, members.valueFrom(), members.valueTo());
    }

    /// A [stripped state event](https://spec.matrix.org/v1.19/client-server-api/#stripped-state).
    public static byte[] stripped(Pdu pdu) {
        byte[] json = pdu.json().bytes();
        var out = new JsonOutput(json.length);
        var members = new CanonicalMembers(json);
        while (members.next()) {
            if (members.isNamed(CONTENT)
                    || members.isNamed(SENDER)
                    || members.isNamed(STATE_KEY)
                    || members.isNamed(TYPE)) {
                out.ascii(out.size() == 0 ? '{' : ',')
                        .ascii('"')
                        .ascii(members.name())
                        .ascii("\":")
                        .raw(json, members.valueFrom(), members.valueTo());
            }
        }
        return out.ascii('}').toBytes();
    }

    /// The content alone, as it stands in the event.
    public static byte[] content(Pdu pdu) {
        byte[] json = pdu.json().bytes();
        var members = new CanonicalMembers(json);
        while (members.next()) {
            if (members.isNamed(CONTENT)) {
                return Arrays.copyOfRange(json, members.valueFrom(), members.valueTo());
            }
        }
        throw new IllegalStateException("An event without content: " + pdu.eventId());
    }

    /// Puts `transaction_id` into an event that was rendered without one.
    public static byte[] withTransactionId(byte[] rendered, String transactionId) {
        var out = new JsonOutput(rendered.length + FRAME_BYTES);
        out.raw(rendered, 0, rendered.length - 2);
        if (out.last() != '{') {
            out.ascii(',');
        }
        return out.ascii("\"transaction_id\":").string(transactionId).ascii("}}").toBytes();
    }

    /// Puts `m.relations` into an event that was rendered without.
    public static byte[] withRelations(byte[] rendered, byte[] relations) {
        var out = new JsonOutput(rendered.length + relations.length + FRAME_BYTES);
        out.raw(rendered, 0, rendered.length - 2);
        if (out.last() != '{') {
            out.ascii(',');
        }
        return out.ascii("\"m.relations\":").raw(relations).ascii("}}").toBytes();
    }

    /// Puts what depends on the moment and on who gets it into an event that was rendered without.
    ///
    /// @param membership absent for state by itself
    public static byte[] withUnsigned(
            byte[] rendered,
            long ageMillis,
            Optional<String> membership,
            Optional<String> transactionId) {
        var out = new JsonOutput(rendered.length + FRAME_BYTES);
        out.raw(rendered, 0, rendered.length - 2);
        if (out.last() != '{') {
            out.ascii(',');
        }
        out.ascii("\"age\":").number(ageMillis);
        membership.ifPresent(value -> out.ascii(",\"membership\":").string(value));
        transactionId.ifPresent(value -> out.ascii(",\"transaction_id\":").string(value));
        return out.ascii("}}").toBytes();
    }

    private static byte[] ascii(String name) {
        return name.getBytes(StandardCharsets.US_ASCII);
    }
}
