package dev.lares.client.mutualrooms;

import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.id.RoomId;
import dev.lares.core.id.UserId;
import dev.lares.core.log.Position;
import dev.lares.core.membership.Membership;
import dev.lares.core.membership.RoomMembership;
import dev.lares.core.membership.UserRooms;
import dev.lares.core.position.PositionToken;
import dev.lares.core.position.PositionTokens;
import dev.lares.core.user.UserRefs;
import dev.lares.core.web.Requester;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;

/// Finds the rooms that two users are both in, out of what is remembered of each.
@Service
class MutualRoomsService {
    private static final int PAGE = 100;
    private static final Position NEWEST = new Position(Long.MAX_VALUE);

    private final UserRooms userRooms;
    private final UserRefs users;
    private final PositionTokens tokens;

    MutualRoomsService(UserRooms userRooms, UserRefs users, PositionTokens tokens) {
        this.userRooms = userRooms;
        this.users = users;
        this.tokens = tokens;
    }

    /// @param count of all pages
    record Page(List<RoomId> rooms, int count, Optional<String> next) {}

    /// Rooms in the order in which this server got to know them, behind the last one of the page
    /// before.
    Page find(Requester requester, UserId other, Optional<String> from) {
        if (requester.userId().equals(other)) {
            throw new MatrixException(
                    ErrorCode.M_INVALID_PARAM, "You share all of your rooms with yourself");
        }
        long after = from.map(this::roomBefore).orElse(0L);
        var theirs = users.find(other).map(this::joined).orElse(Set.of());
        var mutual =
                userRooms.at(requester.userNid(), NEWEST).stream()
                        .filter(room -> room.membership() == Membership.JOIN)
                        .filter(room -> theirs.contains(room.roomNid()))
                        .toList();
        var left = mutual.stream().filter(room -> room.roomNid() > after).toList();
        var page = left.subList(0, Math.min(PAGE, left.size()));
        return new Page(
                page.stream().map(RoomMembership::roomId).toList(),
                mutual.size(),
                left.size() > PAGE
                        ? Optional.of(tokens.page(page.getLast().roomNid(), 0))
                        : Optional.empty());
    }

    private Set<Long> joined(long userNid) {
        return userRooms.at(userNid, NEWEST).stream()
                .filter(room -> room.membership() == Membership.JOIN)
                .map(RoomMembership::roomNid)
                .collect(Collectors.toSet());
    }

    private long roomBefore(String token) {
        return switch (tokens.read(token, Optional.empty())) {
            case PositionToken.Page page -> page.depth();
            case PositionToken.Sync ignored ->
                    throw new MatrixException(
                            ErrorCode.M_INVALID_PARAM, "Not a token of such a page");
        };
    }
}
