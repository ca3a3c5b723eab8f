package dev.lares.client.roomhead;

import dev.lares.core.id.UserId;
import dev.lares.core.relations.SharedRelations;
import dev.lares.core.relations.SharedRelations.Audience;
import dev.lares.core.relations.SharedRelations.Known;
import dev.lares.core.relations.SharedRelations.SharedThread;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What relates to the events of heads as bytes; part of the form of [HeadCodec].
final class RelationsCodec {
    private RelationsCodec() {}

    static void write(DataOutputStream out, @Nullable SharedRelations relations)
            throws IOException {
        out.writeBoolean(relations != null);
        if (relations == null) {
            return;
        }
        write(out, relations.alike());
        write(out, relations.senders());
        out.writeLong(relations.firstPos());
        out.writeLong(relations.lastPos());
        out.writeUTF(relations.audience().name());
        out.writeBoolean(relations.thread().isPresent());
        if (relations.thread().isPresent()) {
            var thread = relations.thread().get();
            write(out, thread.latest());
            out.writeLong(thread.events());
            write(out, thread.participants());
            out.writeUTF(thread.known().name());
        }
    }

    static @Nullable SharedRelations read(DataInputStream in) throws IOException {
        if (!in.readBoolean()) {
            return null;
        }
        var alike = bytes(in);
        var senders = users(in);
        long firstPos = in.readLong();
        long lastPos = in.readLong();
        var audience = Audience.valueOf(in.readUTF());
        var thread =
                in.readBoolean()
                        ? Optional.of(
                                new SharedThread(
                                        bytes(in),
                                        in.readLong(),
                                        users(in),
                                        Known.valueOf(in.readUTF())))
                        : Optional.<SharedThread>empty();
        return new SharedRelations(alike, thread, senders, firstPos, lastPos, audience);
    }

    /// In one order, so that equal ones make equal bytes.
    private static void write(DataOutputStream out, Set<UserId> users) throws IOException {
        out.writeInt(users.size());
        for (var user : users.stream().map(UserId::value).sorted().toList()) {
            out.writeUTF(user);
        }
    }

    private static Set<UserId> users(DataInputStream in) throws IOException {
        var users = new HashSet<UserId>();
        for (int left = in.readInt(); left > 0; left--) {
            users.add(new UserId(in.readUTF()));
        }
        return users;
    }

    private static void write(DataOutputStream out, byte[] json) throws IOException {
        out.writeInt(json.length);
        out.write(json);
    }

    private static byte[] bytes(DataInputStream in) throws IOException {
        return in.readNBytes(in.readInt());
    }
}
