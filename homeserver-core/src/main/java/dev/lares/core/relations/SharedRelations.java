package dev.lares.core.relations;

import dev.lares.core.id.UserId;
import dev.lares.core.log.Position;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What is bundled with an event, ready for many: only whether a user participated in a thread is
/// told each otherwise, and nothing of it to those for whom it is not the same. The bytes are not
/// to be changed.
///
/// @param alike members of `m.relations` that all get alike, without braces; may be empty
/// @param thread the event's thread, if there is one
/// @param senders who sent what is told, but for the events of the thread
/// @param firstPos position of the oldest event that is told; who was in the room since then may
///   see all of it
/// @param lastPos position of the newest relation: an answer that ends before it does not tell of
///   it
/// @param audience whether later members may see all of it as well
@SuppressWarnings("ArrayRecordComponent") // ready JSON, never compared
public record SharedRelations(
        byte[] alike,
        Optional<SharedThread> thread,
        Set<UserId> senders,
        long firstPos,
        long lastPos,
        Audience audience) {
    private static final int OVERHEAD_BYTES = 120;
    private static final int SENDER_BYTES = 100;

    public SharedRelations {
        senders = Set.copyOf(senders);
    }

    /// Who may see all that is told.
    public enum Audience {
        /// Everybody who is in the room now.
        MEMBERS,
        /// Those who were in the room when it was sent.
        THOSE_PRESENT
    }

    /// A thread.
    ///
    /// @param latest its newest event, rendered
    /// @param participants who sent events in it
    /// @param known whether these are all
    @SuppressWarnings("ArrayRecordComponent") // ready JSON, never compared
    public record SharedThread(byte[] latest, long events, Set<UserId> participants, Known known) {
        public SharedThread {
            participants = Set.copyOf(participants);
        }
    }

    /// How many of a thread's participants are known.
    public enum Known {
        ALL,
        SOME
    }

    /// Whether this is for a user: if not, the log has to be asked what they get.
    ///
    /// @param memberSince since when the user is in the room
    /// @param to up to where the answer goes
    public boolean isFor(UserId user, Set<String> ignored, Position memberSince, Position to) {
        boolean sees = audience == Audience.MEMBERS || memberSince.value() <= firstPos;
        return sees
                && lastPos <= to.value()
                && hidesNothing(ignored)
                && (!knowsOnlySome() || participated(user));
    }

    private boolean hidesNothing(Set<String> ignored) {
        return ignored.isEmpty()
                || (!knowsOnlySome()
                        && Stream.concat(
                                        senders.stream(),
                                        thread.stream().flatMap(one -> one.participants().stream()))
                                .noneMatch(user -> ignored.contains(user.value())));
    }

    private boolean knowsOnlySome() {
        return thread.filter(one -> one.known() == Known.SOME).isPresent();
    }

    private boolean participated(UserId user) {
        return thread.filter(one -> one.participants().contains(user)).isPresent();
    }

    /// Whether all whom it [is for][#isFor] and who ignore nobody get the same bytes.
    public boolean isAlikeForAll() {
        return thread.isEmpty() && audience == Audience.MEMBERS;
    }

    /// The `m.relations` of a user whom it [is for][#isFor].
    ///
    /// @param sender of the event itself
    public byte[] json(UserId user, String sender) {
        var bundle = new BundleOutput();
        bundle.members(alike);
        thread.ifPresent(one ->
                bundle.thread(
                        one.latest(),
                        one.events(),
                        Participation.of(sender.equals(user.value()) || participated(user))));
        return bundle.toBytes();
    }

    /// About how much memory it takes.
    public int sizeBytes() {
        return OVERHEAD_BYTES
                + alike.length
                + senders.size() * SENDER_BYTES
                + thread.map(one -> one.latest().length + one.participants().size() * SENDER_BYTES)
                        .orElse(0);
    }
}
