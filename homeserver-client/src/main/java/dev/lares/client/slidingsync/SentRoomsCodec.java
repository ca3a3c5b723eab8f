package dev.lares.client.slidingsync;

import dev.lares.core.log.Position;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Writes what a client was told into a few bytes a room: most rooms share a configuration.
final class SentRoomsCodec {
    /// Raised where the form changes; another one is as good as none.
    private static final int VERSION = 1;

    private static final int MORE = 0x80;
    private static final int LOW = 0x7f;
    private static final int LOW_BITS = 7;

    private SentRoomsCodec() {}

    static byte[] encode(SentRooms sent) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeBoolean(sent.global() == SentRooms.Global.TOLD);
            var configs = new LinkedHashMap<RoomConfig, Integer>();
            sent.rooms()
                    .values()
                    .forEach(room -> configs.putIfAbsent(room.config(), configs.size()));
            write(out, configs.size());
            for (var config : configs.keySet()) {
                writeConfig(out, config);
            }
            write(out, sent.rooms().size());
            long before = 0;
            for (var room : new TreeMap<>(sent.rooms()).entrySet()) {
                write(out, room.getKey() - before);
                before = room.getKey();
                write(out, configs.getOrDefault(room.getValue().config(), 0));
                write(out, room.getValue().limit());
                write(out, room.getValue().upTo().value());
                write(out, room.getValue().marks());
            }
        } catch (IOException e) {
            throw new IllegalStateException("Memory takes all bytes", e);
        }
        return bytes.toByteArray();
    }

    /// Absent where another version of the server wrote it.
    static Optional<SentRooms> decode(byte[] bytes) {
        try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            if (in.readByte() != VERSION) {
                return Optional.empty();
            }
            var global = in.readBoolean() ? SentRooms.Global.TOLD : SentRooms.Global.MISSING;
            var configs = new ArrayList<RoomConfig>();
            for (long n = read(in); n > 0; n--) {
                configs.add(readConfig(in));
            }
            var rooms = new HashMap<Long, SentRoom>();
            long nid = 0;
            for (long n = read(in); n > 0; n--) {
                nid += read(in);
                rooms.put(
                        nid,
                        new SentRoom(
                                configs.get((int) read(in)),
                                (int) read(in),
                                new Position(read(in)),
                                (int) read(in)));
            }
            return Optional.of(new SentRooms(rooms, global));
        } catch (IOException e) {
            throw new IllegalStateException("A row of sliding_connection is cut off", e);
        }
    }

    private static void writeConfig(DataOutputStream out, RoomConfig config) throws IOException {
        write(out, config.timelineLimit());
        write(out, config.required().size());
        for (var required : config.required()) {
            out.writeBoolean(required.members() == RequiredState.Members.LAZY);
            for (var patterns : List.of(required.include(), required.exclude())) {
                write(out, patterns.size());
                for (var pattern : patterns) {
                    writeText(out, pattern.type());
                    writeText(out, pattern.stateKey());
                }
            }
        }
    }

    private static RoomConfig readConfig(DataInputStream in) throws IOException {
        int limit = (int) read(in);
        var required = new HashSet<RequiredState>();
        for (long n = read(in); n > 0; n--) {
            var members = in.readBoolean() ? RequiredState.Members.LAZY : RequiredState.Members.ALL;
            required.add(new RequiredState(readPatterns(in), readPatterns(in), members));
        }
        return new RoomConfig(limit, required);
    }

    private static Set<StatePattern> readPatterns(DataInputStream in) throws IOException {
        var patterns = new HashSet<StatePattern>();
        for (long n = read(in); n > 0; n--) {
            patterns.add(new StatePattern(readText(in), readText(in)));
        }
        return patterns;
    }

    private static void writeText(DataOutputStream out, Optional<String> text) throws IOException {
        out.writeBoolean(text.isPresent());
        if (text.isPresent()) {
            out.writeUTF(text.get());
        }
    }

    private static Optional<String> readText(DataInputStream in) throws IOException {
        return in.readBoolean() ? Optional.of(in.readUTF()) : Optional.empty();
    }

    /// Seven bits a byte, low ones first; never negative.
    private static void write(DataOutputStream out, long value) throws IOException {
        long rest = value;
        while (rest > LOW) {
            out.writeByte((int) (rest & LOW) | MORE);
            rest >>>= LOW_BITS;
        }
        out.writeByte((int) rest);
    }

    private static long read(DataInputStream in) throws IOException {
        long value = 0;
        int shift = 0;
        int next;
        do {
            next = in.readUnsignedByte();
            value |= (long) (next & LOW) << shift;
            shift += LOW_BITS;
        } while ((next & MORE) != 0);
        return value;
    }
}
