package dev.lares.core.roompreview;

import dev.lares.core.log.Position;
import dev.lares.core.membership.UserRooms;
import org.springframework.stereotype.Service;

/// Finds out who wants to see previews.
@Service
public class PreviewViewers {
    private static final Position NEWEST = new Position(Long.MAX_VALUE);

    private final UserRooms memberships;

    PreviewViewers(UserRooms memberships) {
        this.memberships = memberships;
    }

    public PreviewViewer get(long userNid) {
        return PreviewViewer.of(memberships.at(userNid, NEWEST));
    }
}
