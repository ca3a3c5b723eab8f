package dev.lares.client.roomhead;

import dev.lares.client.roomhead.HeadEvent.Showing;
import dev.lares.client.roomhead.RoomHead.Members;
import dev.lares.core.event.StateKey;
import dev.lares.core.id.EventId;
import dev.lares.core.id.UserId;
import dev.lares.core.log.Position;
import dev.lares.core.membership.Membership;
import dev.lares.core.membership.RoomSummaries.Hero;
import dev.lares.core.membership.RoomSummaries.SummaryBasis;
import dev.lares.core.room.HistoryVisibility;
import dev.lares.core.room.Place;
import dev.lares.core.room.RoomRef;
import dev.lares.core.room.SentBy;
import dev.lares.core.room.TimelineRow.PushException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Heads as bytes. The first byte is the version of the form: another release's is not read, and
/// the head is made anew.
final class HeadCodec {
    private static final byte FORM = 2;

    private HeadCodec() {}

    static byte[] encode(RoomHead head) {
        var bytes = new ByteArrayOutputStream(head.sizeBytes());
        try (var out = new DataOutputStream(bytes)) {
            out.writeByte(FORM);
            out.writeLong(head.floor().value());
            out.writeLong(head.upTo().value());
            out.writeLong(head.built().value());
            out.writeInt(head.version());
            out.writeInt(head.notifSeq());
            out.writeInt(head.hlSeq());
            out.writeUTF(head.members().name());
            write(out, head.summary());
            out.writeInt(head.rows().size());
            for (var row : head.rows()) {
                write(out, row);
            }
            out.writeInt(head.states().size());
            for (var place : head.states().entrySet()) {
                out.writeUTF(place.getKey().type());
                out.writeUTF(place.getKey().stateKey());
                out.writeInt(place.getValue().size());
                for (var state : place.getValue()) {
                    write(out, state);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    /// Nothing where it is of another form.
    static Optional<RoomHead> decode(RoomRef room, byte[] bytes) {
        try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            if (in.readByte() != FORM) {
                return Optional.empty();
            }
            var floor = new Position(in.readLong());
            var upTo = new Position(in.readLong());
            var built = new Position(in.readLong());
            int version = in.readInt();
            int notifSeq = in.readInt();
            int hlSeq = in.readInt();
            var members = Members.valueOf(in.readUTF());
            var summary = summary(in);
            var rows = new ArrayList<HeadRow>();
            for (int left = in.readInt(); left > 0; left--) {
                rows.add(row(in));
            }
            Map<StateKey, List<HeadState>> states = new LinkedHashMap<>();
            for (int left = in.readInt(); left > 0; left--) {
                var key = new StateKey(in.readUTF(), in.readUTF());
                var steps = new ArrayList<HeadState>();
                for (int more = in.readInt(); more > 0; more--) {
                    steps.add(state(in, key));
                }
                states.put(key, List.copyOf(steps));
            }
            return Optional.of(
                    new RoomHead(
                            room, floor, upTo, version, rows, states, members, summary, notifSeq,
                            hlSeq, built));
        } catch (IOException e) {
            throw new UncheckedIOException("room_head of room " + room.roomNid() + " is cut", e);
        }
    }

    private static void write(DataOutputStream out, SummaryBasis summary) throws IOException {
        out.writeInt(summary.joined());
        out.writeInt(summary.invited());
        out.writeInt(summary.total());
        for (var heroes : List.of(summary.present(), summary.gone())) {
            out.writeInt(heroes.size());
            for (var hero : heroes) {
                out.writeUTF(hero.userId().value());
                out.writeLong(hero.eventNid());
            }
        }
    }

    private static SummaryBasis summary(DataInputStream in) throws IOException {
        int joined = in.readInt();
        int invited = in.readInt();
        int total = in.readInt();
        return new SummaryBasis(heroes(in), heroes(in), joined, invited, total);
    }

    private static List<Hero> heroes(DataInputStream in) throws IOException {
        var heroes = new ArrayList<Hero>();
        for (int left = in.readInt(); left > 0; left--) {
            heroes.add(new Hero(new UserId(in.readUTF()), in.readLong()));
        }
        return heroes;
    }

    private static void write(DataOutputStream out, HeadRow row) throws IOException {
        out.writeLong(row.place().depth());
        out.writeLong(row.place().pos());
        out.writeInt(row.notifications());
        out.writeInt(row.highlights());
        out.writeLong(row.countedNid());
        out.writeLong(row.rootNid());
        var root = row.root();
        out.writeUTF(root == null ? "" : root.value());
        out.writeInt(row.exceptions().size());
        for (var exception : row.exceptions()) {
            out.writeLong(exception.userNid());
            out.writeLong(exception.rootNid());
            out.writeInt(exception.notifications());
            out.writeInt(exception.highlights());
        }
        var event = row.event();
        out.writeBoolean(event != null);
        if (event != null) {
            write(out, event);
        }
    }

    private static HeadRow row(DataInputStream in) throws IOException {
        var place = new Place(in.readLong(), in.readLong());
        int notifications = in.readInt();
        int highlights = in.readInt();
        long countedNid = in.readLong();
        long rootNid = in.readLong();
        var root = in.readUTF();
        var exceptions = new ArrayList<PushException>();
        for (int left = in.readInt(); left > 0; left--) {
            exceptions.add(
                    new PushException(in.readLong(), in.readLong(), in.readInt(), in.readInt()));
        }
        return new HeadRow(
                place,
                notifications,
                highlights,
                countedNid,
                rootNid,
                root.isEmpty() ? null : new EventId(root),
                exceptions,
                in.readBoolean() ? event(in) : null);
    }

    private static void write(DataOutputStream out, HeadEvent event) throws IOException {
        out.writeLong(event.nid());
        out.writeUTF(event.type());
        var stateKey = event.stateKey();
        out.writeBoolean(stateKey != null);
        out.writeUTF(stateKey == null ? "" : stateKey);
        out.writeUTF(event.sender());
        out.writeLong(event.originServerTs());
        out.writeUTF(event.showing().name());
        out.writeUTF(event.before().name());
        out.writeUTF(event.after().name());
        writeName(out, event.membership());
        out.writeBoolean(event.hasUrl());
        var sentBy = event.sentBy();
        out.writeBoolean(sentBy != null);
        if (sentBy != null) {
            out.writeLong(sentBy.userNid());
            out.writeUTF(sentBy.scope());
            out.writeUTF(sentBy.txnId());
        }
        writeBytes(out, event.json().bytes());
        RelationsCodec.write(out, event.relations());
    }

    private static HeadEvent event(DataInputStream in) throws IOException {
        long nid = in.readLong();
        var type = in.readUTF();
        boolean isState = in.readBoolean();
        var stateKey = in.readUTF();
        return new HeadEvent(
                nid,
                type,
                isState ? stateKey : null,
                in.readUTF(),
                in.readLong(),
                Showing.valueOf(in.readUTF()),
                HistoryVisibility.valueOf(in.readUTF()),
                HistoryVisibility.valueOf(in.readUTF()),
                membership(in),
                in.readBoolean(),
                in.readBoolean() ? new SentBy(in.readLong(), in.readUTF(), in.readUTF()) : null,
                json(in),
                RelationsCodec.read(in));
    }

    private static void write(DataOutputStream out, HeadState state) throws IOException {
        out.writeLong(state.pos());
        out.writeLong(state.nid());
        out.writeUTF(state.sender());
        out.writeLong(state.originServerTs());
        writeName(out, state.membership());
        writeName(out, state.visibility());
        writeBytes(out, state.json().bytes());
    }

    private static HeadState state(DataInputStream in, StateKey key) throws IOException {
        return new HeadState(
                key,
                in.readLong(),
                in.readLong(),
                in.readUTF(),
                in.readLong(),
                membership(in),
                visibility(in),
                json(in));
    }

    private static void writeName(DataOutputStream out, @Nullable Enum<?> value)
            throws IOException {
        out.writeUTF(value == null ? "" : value.name());
    }

    private static @Nullable Membership membership(DataInputStream in) throws IOException {
        var name = in.readUTF();
        return name.isEmpty() ? null : Membership.valueOf(name);
    }

    private static @Nullable HistoryVisibility visibility(DataInputStream in) throws IOException {
        var name = in.readUTF();
        return name.isEmpty() ? null : HistoryVisibility.valueOf(name);
    }

    private static void writeBytes(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static ReadyJson json(DataInputStream in) throws IOException {
        return new ReadyJson(in.readNBytes(in.readInt()));
    }
}
