package dev.lares.core.filter;

import java.util.List;
import java.util.Optional;

/// Which events a client wants; what is absent excludes nothing.
///
/// @param limit how many events at most, already within the server's bounds
/// @param containsUrl whether `content.url` has to be there, or has to be missing
/// @param relatedByRelTypes only events that are the target of such relations
public record EventFilter(
        int limit,
        Optional<List<String>> types,
        List<String> notTypes,
        Optional<List<String>> senders,
        List<String> notSenders,
        Optional<List<String>> rooms,
        List<String> notRooms,
        Optional<Boolean> containsUrl,
        List<String> relatedByRelTypes,
        List<String> relatedBySenders,
        MemberLoading members,
        ThreadCounts threadCounts) {

    /// Most events that one page or one room's timeline holds.
    public static final int LIMIT_MAX = 1000;

    public EventFilter {
        types = types.map(List::copyOf);
        notTypes = List.copyOf(notTypes);
        senders = senders.map(List::copyOf);
        notSenders = List.copyOf(notSenders);
        rooms = rooms.map(List::copyOf);
        notRooms = List.copyOf(notRooms);
        relatedByRelTypes = List.copyOf(relatedByRelTypes);
        relatedBySenders = List.copyOf(relatedBySenders);
    }

    /// A filter that lets everything pass.
    ///
    /// @param limit how many events at most
    public static EventFilter all(int limit) {
        return new EventFilter(
                limit,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                List.of(),
                List.of(),
                MemberLoading.ALL,
                ThreadCounts.TOGETHER);
    }

    public EventFilter withLimit(int newLimit) {
        return new EventFilter(
                newLimit,
                types,
                notTypes,
                senders,
                notSenders,
                rooms,
                notRooms,
                containsUrl,
                relatedByRelTypes,
                relatedBySenders,
                members,
                threadCounts);
    }

    /// Whether events of that type and sender pass.
    public boolean wants(String type, String sender) {
        return wantsType(type) && wantsSender(sender);
    }

    public boolean wantsType(String type) {
        return notTypes.stream().noneMatch(pattern -> matches(pattern, type))
                && (types.isEmpty()
                        || types.get().stream().anyMatch(pattern -> matches(pattern, type)));
    }

    public boolean wantsSender(String sender) {
        return !notSenders.contains(sender)
                && (senders.isEmpty() || senders.get().contains(sender));
    }

    public boolean wantsRoom(String roomId) {
        return !notRooms.contains(roomId) && (rooms.isEmpty() || rooms.get().contains(roomId));
    }

    /// Whether every event passes, so that none has to be looked at.
    public boolean wantsAllEvents() {
        return types.isEmpty()
                && notTypes.isEmpty()
                && senders.isEmpty()
                && notSenders.isEmpty()
                && containsUrl.isEmpty()
                && relatedByRelTypes.isEmpty()
                && relatedBySenders.isEmpty();
    }

    /// `*` in a pattern stands for any sequence of characters.
    static boolean matches(String pattern, String type) {
        int star = pattern.indexOf('*');
        if (star < 0) {
            return pattern.equals(type);
        }
        // Greedy matching with one way back, so that a hostile pattern costs at most m × n steps.
        int p = 0;
        int t = 0;
        int lastStar = -1;
        int resume = 0;
        while (t < type.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                lastStar = p++;
                resume = t;
            } else if (p < pattern.length() && pattern.charAt(p) == type.charAt(t)) {
                p++;
                t++;
            } else if (lastStar >= 0) {
                p = lastStar + 1;
                t = ++resume;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }

    /// Which membership events come with the state.
    public enum MemberLoading {
        ALL,
        /// Those of the senders shown.
        LAZY,
        /// As `LAZY`, and again where the client may already have them.
        LAZY_REDUNDANT;

        public boolean lazy() {
            return this != ALL;
        }
    }

    /// How unread counts are split.
    public enum ThreadCounts {
        TOGETHER,
        BY_THREAD
    }
}
