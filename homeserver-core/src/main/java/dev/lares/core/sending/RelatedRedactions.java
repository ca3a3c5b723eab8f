package dev.lares.core.sending;

import dev.lares.core.event.EventDraft;
import dev.lares.core.id.EventId;
import dev.lares.core.log.AppendItem;
import dev.lares.core.log.AppendItem.TargetRoom;
import dev.lares.core.log.LogWriter;
import dev.lares.core.relations.RelatedEvents;
import dev.lares.core.room.EventReader;
import dev.lares.core.room.RoomRef;
import dev.lares.core.room.StoredEvent;
import dev.lares.core.web.Requester;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/// Redacts what relates to an event
/// ([MSC3912](https://github.com/matrix-org/matrix-spec-proposals/pull/3912)), as far as the user
/// may.
@Component
class RelatedRedactions {
    /// Most events that one request redacts, the newest.
    private static final int RELATED_MAX = 1000;

    /// Redactions of one append, which has to stay small.
    private static final int DRAFTS_MAX = 100;

    private final RelatedEvents related;
    private final EventReader events;
    private final RedactionPermission permission;
    private final LogWriter log;

    RelatedRedactions(
            RelatedEvents related,
            EventReader events,
            RedactionPermission permission,
            LogWriter log) {
        this.related = related;
        this.events = events;
        this.permission = permission;
        this.log = log;
    }

    /// Before the event itself is redacted: who repeats a request that broke off goes on with what
    /// is left.
    void redact(
            Requester requester,
            RoomRef room,
            EventId target,
            Set<String> relTypes,
            ObjectNode content) {
        var parent = events.find(room, target);
        if (relTypes.isEmpty() || parent.isEmpty()) {
            return;
        }
        var found =
                permission.permitted(
                        requester, room, related.find(room, parent.get(), relTypes, RELATED_MAX));
        for (int i = 0; i < found.size(); i += DRAFTS_MAX) {
            var drafts =
                    found.subList(i, Math.min(found.size(), i + DRAFTS_MAX)).stream()
                            .map(event -> draft(requester, event, content))
                            .toList();
            log.append(
                    new AppendItem(
                            Optional.of(new TargetRoom.Existing(room.roomId())),
                            drafts,
                            List.of(),
                            Optional.empty()),
                    Deadlines.SEND);
        }
    }

    private static EventDraft draft(Requester requester, StoredEvent event, ObjectNode content) {
        return new EventDraft(
                requester.userId(),
                SendingService.REDACTION,
                Optional.empty(),
                content.deepCopy(),
                Optional.of(event.eventId()),
                Optional.empty());
    }
}
