package dev.lares.core.publicrooms;

import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;

/// Reads directories: the rooms into which everybody may come, on which they may knock or which
/// they may read.
@Service
public class PublicRooms {
    /// Most rooms of one page.
    public static final int PAGE_MAX = 100;

    private static final int SEARCH_TERM_MAX = 1000;

    private final RoomListingRepository listings;

    PublicRooms(RoomListingRepository listings) {
        this.listings = listings;
    }

    /// `M_INVALID_PARAM` for a token that is none of ours, a negative limit, and a search term of
    /// more than 1,000 characters.
    ///
    /// @param since a token of another page
    /// @param limit most rooms; absent or 0: as many as a page may have
    public PublicRoomPage page(
            PublicRoomQuery query, Optional<String> since, Optional<Integer> limit) {
        if (query.searchTerm().filter(term -> term.length() > SEARCH_TERM_MAX).isPresent()) {
            throw new MatrixException(ErrorCode.M_INVALID_PARAM, "The search term is too long");
        }
        int size = size(limit);
        var place = since.map(PublicRoomsToken::parse).orElse(PublicRoomsToken.START);
        // One more says whether there is another page.
        var found =
                switch (place.direction()) {
                    case FORWARD -> listings.findAfter(query, place, size + 1);
                    case BACKWARD -> listings.findBefore(query, place, size + 1);
                };
        boolean more = found.size() > size;
        var rooms = more ? found.subList(0, size) : found;
        int total = listings.count(query);
        return switch (place.direction()) {
            case FORWARD -> page(rooms, more, since.isPresent(), total);
            case BACKWARD -> page(rooms.reversed(), true, more, total);
        };
    }

    private static PublicRoomPage page(
            List<RoomListing> rooms, boolean behind, boolean before, int total) {
        if (rooms.isEmpty()) {
            return new PublicRoomPage(rooms, Optional.empty(), Optional.empty(), total);
        }
        return new PublicRoomPage(
                rooms,
                behind
                        ? Optional.of(PublicRoomsToken.behind(rooms.getLast()).toString())
                        : Optional.empty(),
                before
                        ? Optional.of(PublicRoomsToken.before(rooms.getFirst()).toString())
                        : Optional.empty(),
                total);
    }

    private static int size(Optional<Integer> limit) {
        if (limit.filter(asked -> asked < 0).isPresent()) {
            throw new MatrixException(ErrorCode.M_INVALID_PARAM, "'limit' is not negative");
        }
        return limit.filter(asked -> asked > 0)
                .map(asked -> Math.min(asked, PAGE_MAX))
                .orElse(PAGE_MAX);
    }
}
