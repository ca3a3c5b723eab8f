package dev.lares.core.membership;

import dev.lares.core.id.UserId;
import dev.lares.core.log.Position;
import java.util.EnumSet;
import java.util.List;
import org.springframework.stereotype.Service;

/// Who gives a room without a name its name, and how many there are
/// ([`RoomSummary`](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3sync_response-200_roomsummary)).
@Service
public class RoomSummaries {
    private static final int HEROES_MAX = 5;

    private final MembershipRepository repository;

    RoomSummaries(MembershipRepository repository) {
        this.repository = repository;
    }

    /// @param forUser never a hero of their own
    public RoomSummary at(long roomNid, Position at, UserId forUser) {
        var counts = repository.count(roomNid, at);
        var heroes = heroes(roomNid, at, forUser, EnumSet.of(Membership.JOIN, Membership.INVITE));
        if (heroes.isEmpty()) {
            heroes = heroes(roomNid, at, forUser, EnumSet.of(Membership.LEAVE, Membership.BAN));
        }
        return new RoomSummary(heroes, counts.joined(), counts.invited());
    }

    private List<Hero> heroes(
            long roomNid, Position at, UserId forUser, EnumSet<Membership> memberships) {
        return repository.findMembers(roomNid, memberships, at, HEROES_MAX + 1).stream()
                .filter(member -> !member.userId().equals(forUser.value()))
                .limit(HEROES_MAX)
                .map(member -> new Hero(new UserId(member.userId()), member.eventNid()))
                .toList();
    }

    /// @param joined how many have joined, the asking user included
    public record RoomSummary(List<Hero> heroes, int joined, int invited) {}

    /// @param eventNid internal number of the hero's `m.room.member`
    public record Hero(UserId userId, long eventNid) {}
}
