package dev.lares.core.report;

import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.id.EventId;
import dev.lares.core.id.RoomId;
import dev.lares.core.id.UserId;
import dev.lares.core.membership.Membership;
import dev.lares.core.membership.UserRooms;
import dev.lares.core.ratelimit.RateLimit;
import dev.lares.core.ratelimit.RateLimitService;
import dev.lares.core.room.EventVisibility;
import dev.lares.core.room.RoomRef;
import dev.lares.core.room.RoomRefs;
import dev.lares.core.room.TimelineReader;
import dev.lares.core.room.Viewer;
import dev.lares.core.user.UserRefs;
import dev.lares.core.web.Requester;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;

/// Takes reports. Which rooms and users there are is told to nobody: a report of what is not known
/// here is answered like any other, and not kept.
@Service
public class ReportService {
    /// Longest reason, in characters.
    static final int REASON_LENGTH_MAX = 1_000;

    private final ReportRepository reports;
    private final RoomRefs rooms;
    private final UserRefs users;
    private final UserRooms memberships;
    private final TimelineReader timelines;
    private final EventVisibility visibility;
    private final RateLimitService limits;
    private final Clock clock;

    ReportService(
            ReportRepository reports,
            RoomRefs rooms,
            UserRefs users,
            UserRooms memberships,
            TimelineReader timelines,
            EventVisibility visibility,
            RateLimitService limits,
            Clock clock) {
        this.reports = reports;
        this.rooms = rooms;
        this.users = users;
        this.memberships = memberships;
        this.timelines = timelines;
        this.visibility = visibility;
        this.limits = limits;
        this.clock = clock;
    }

    /// `M_NOT_FOUND` where the requester is not in the room or may not see the event,
    /// `M_INVALID_PARAM` for a reason of more than 1,000 characters.
    public void reportEvent(
            Requester requester, RoomId roomId, EventId eventId, Optional<String> reason) {
        begin(requester, reason);
        var room =
                rooms.find(roomId)
                        .filter(found -> isJoined(requester, found))
                        .orElseThrow(ReportService::notFound);
        var event =
                timelines
                        .find(room, eventId)
                        .filter(row ->
                                !visibility
                                        .filter(room, Viewer.of(requester), List.of(row))
                                        .isEmpty())
                        .orElseThrow(ReportService::notFound);
        reports.insertOfEvent(
                requester.userNid(), room.roomNid(), event.event().nid(), reason, now());
    }

    /// `M_INVALID_PARAM` for a reason of more than 1,000 characters.
    public void reportRoom(Requester requester, RoomId roomId, String reason) {
        begin(requester, Optional.of(reason));
        rooms.find(roomId)
                .ifPresent(room ->
                        reports.insertOfRoom(requester.userNid(), room.roomNid(), reason, now()));
    }

    /// `M_INVALID_PARAM` for a reason of more than 1,000 characters.
    public void reportUser(Requester requester, UserId userId, String reason) {
        begin(requester, Optional.of(reason));
        users.find(userId)
                .ifPresent(userNid ->
                        reports.insertOfUser(requester.userNid(), userNid, reason, now()));
    }

    private void begin(Requester requester, Optional<String> reason) {
        limits.require(RateLimit.REPORT, requester.userId().value());
        var text = reason.orElse("");
        if (text.length() > REASON_LENGTH_MAX || text.indexOf('\0') >= 0) {
            throw new MatrixException(
                    ErrorCode.M_INVALID_PARAM, "A reason has at most 1000 characters, and no NUL");
        }
    }

    private boolean isJoined(Requester requester, RoomRef room) {
        return memberships
                .now(requester.userNid(), room.roomNid())
                .filter(now -> now.membership() == Membership.JOIN)
                .isPresent();
    }

    private Instant now() {
        return Instant.now(clock);
    }

    private static MatrixException notFound() {
        return new MatrixException(
                ErrorCode.M_NOT_FOUND,
                "The event was not found, or you are not joined to the room");
    }
}
