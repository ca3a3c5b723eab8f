package dev.lares.client.slidingsync;

import java.util.Optional;
import java.util.Set;

/// Which rooms a list has; what is absent excludes nothing.
///
/// @param spaces rooms that one of these spaces, in which the user is, has as a child
/// @param roomTypes types of which one has to fit; an empty text stands for rooms without a type
/// @param notRoomTypes the same, and none may fit
/// @param nameLike a part of the name, in lower case
record RoomFilter(
        Optional<Boolean> direct,
        Optional<Set<String>> spaces,
        Optional<Boolean> encrypted,
        Optional<Boolean> invited,
        Optional<Set<String>> roomTypes,
        Set<String> notRoomTypes,
        Optional<String> nameLike,
        Optional<Set<String>> tags,
        Set<String> notTags) {
    static final String NO_TYPE = "";

    static final RoomFilter ALL =
            new RoomFilter(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Set.of(),
                    Optional.empty(),
                    Optional.empty(),
                    Set.of());

    RoomFilter {
        spaces = spaces.map(Set::copyOf);
        roomTypes = roomTypes.map(Set::copyOf);
        notRoomTypes = Set.copyOf(notRoomTypes);
        tags = tags.map(Set::copyOf);
        notTags = Set.copyOf(notTags);
    }

    /// Whether the rooms' states have to be looked at.
    boolean readsStates() {
        return encrypted.isPresent()
                || roomTypes.isPresent()
                || !notRoomTypes.isEmpty()
                || nameLike.isPresent();
    }

    boolean fits(RoomTraits traits) {
        return encrypted.map(wanted -> wanted == traits.encrypted()).orElse(true)
                && roomTypes.map(types -> types.contains(traits.type())).orElse(true)
                && !notRoomTypes.contains(traits.type())
                && nameLike.map(part -> traits.lowerName().contains(part)).orElse(true);
    }

    boolean fitsTags(Set<String> ofRoom) {
        return tags.map(wanted -> wanted.stream().anyMatch(ofRoom::contains)).orElse(true)
                && notTags.stream().noneMatch(ofRoom::contains);
    }
}
