package dev.lares.core.membership;

import dev.lares.core.id.UserId;
import dev.lares.core.log.Position;
import dev.lares.core.membership.MembershipRepository.Member;
import dev.lares.core.membership.MembershipRepository.SummaryRow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
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

    /// What the summaries of many rooms are made from, for whomever, in one statement.
    public Map<Long, SummaryBasis> basis(Collection<Long> roomNids, Position at) {
        if (roomNids.isEmpty()) {
            return Map.of();
        }
        var rooms = new HashMap<Long, List<SummaryRow>>();
        for (var row : repository.summarise(roomNids, at, HEROES_MAX + 1)) {
            rooms.computeIfAbsent(row.roomNid(), nid -> new ArrayList<>()).add(row);
        }
        var found = new HashMap<Long, SummaryBasis>();
        rooms.forEach((nid, rows) -> {
            var any = rows.getFirst();
            var byPresence =
                    rows.stream()
                            .map(SummaryRow::member)
                            .collect(
                                    Collectors.partitioningBy(
                                            member -> !member.membership().isGone(),
                                            Collectors.mapping(
                                                    RoomSummaries::hero, Collectors.toList())));
            found.put(
                    nid,
                    new SummaryBasis(
                            byPresence.getOrDefault(true, List.of()),
                            byPresence.getOrDefault(false, List.of()),
                            any.joined(),
                            any.invited(),
                            any.total()));
        });
        return found;
    }

    /// How many users had joined each of the rooms at a position, in one statement.
    public Map<Long, Integer> joined(Collection<Long> roomNids, Position at) {
        return roomNids.isEmpty() ? Map.of() : repository.countJoined(roomNids, at);
    }

    private static Hero hero(Member member) {
        return new Hero(new UserId(member.userId()), member.eventNid());
    }

    private List<Hero> heroes(
            long roomNid, Position at, UserId forUser, EnumSet<Membership> memberships) {
        return repository.findMembers(roomNid, memberships, at, HEROES_MAX + 1).stream()
                .filter(member -> !member.userId().equals(forUser.value()))
                .limit(HEROES_MAX)
                .map(RoomSummaries::hero)
                .toList();
    }

    /// What a room's summary is made from, for whomever.
    ///
    /// @param present those of the joined and invited who came first, one more than there are
    ///   heroes
    /// @param gone the same of those who left or are banned
    /// @param total all who ever had to do with the room
    public record SummaryBasis(
            List<Hero> present, List<Hero> gone, int joined, int invited, int total) {
        public SummaryBasis {
            present = List.copyOf(present);
            gone = List.copyOf(gone);
        }

        /// @param forUser never a hero of their own
        public RoomSummary forUser(UserId forUser) {
            var heroes = others(present, forUser);
            return new RoomSummary(
                    heroes.isEmpty() ? others(gone, forUser) : heroes, joined, invited);
        }

        private static List<Hero> others(List<Hero> all, UserId forUser) {
            return all.stream()
                    .filter(hero -> !hero.userId().equals(forUser))
                    .limit(HEROES_MAX)
                    .toList();
        }
    }

    /// @param joined how many have joined, the asking user included
    public record RoomSummary(List<Hero> heroes, int joined, int invited) {}

    /// @param eventNid internal number of the hero's `m.room.member`
    public record Hero(UserId userId, long eventNid) {}
}
