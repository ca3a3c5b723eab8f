package dev.lares.core.sending;

import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.event.EventDraft;
import dev.lares.core.id.EventId;
import dev.lares.core.id.RoomId;
import dev.lares.core.log.AppendItem;
import dev.lares.core.log.AppendItem.TargetRoom;
import dev.lares.core.log.LogWriter;
import dev.lares.core.log.TransactionKey;
import dev.lares.core.ratelimit.RateLimit;
import dev.lares.core.ratelimit.RateLimitService;
import dev.lares.core.room.RoomRef;
import dev.lares.core.room.RoomRefs;
import dev.lares.core.room.TransactionIds;
import dev.lares.core.room.Viewer;
import dev.lares.core.web.Requester;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Service;
import tools.jackson.databind.node.ObjectNode;

/// Sends message events and redactions. A repeated request, known by device, path and transaction
/// ID, gets the answer of the first one, whatever has changed since.
@Service
public class SendingService {
    static final String REDACTION = "m.room.redaction";
    private static final int TXN_ID_LENGTH_MAX = 255;

    private final LogWriter log;
    private final RoomRefs rooms;
    private final TransactionIds transactions;
    private final DuplicateAnnotations annotations;
    private final ThreadRoots threadRoots;
    private final RedactionPermission redactionPermission;
    private final RelatedRedactions related;
    private final RateLimitService limits;

    SendingService(
            LogWriter log,
            RoomRefs rooms,
            TransactionIds transactions,
            DuplicateAnnotations annotations,
            ThreadRoots threadRoots,
            RedactionPermission redactionPermission,
            RelatedRedactions related,
            RateLimitService limits) {
        this.log = log;
        this.rooms = rooms;
        this.transactions = transactions;
        this.annotations = annotations;
        this.threadRoots = threadRoots;
        this.redactionPermission = redactionPermission;
        this.related = related;
        this.limits = limits;
    }

    /// `M_FORBIDDEN` where the room's rules refuse it or the sender is not in the room,
    /// `M_DUPLICATE_ANNOTATION` for a second equal reaction, `M_UNKNOWN` (400) for an event in a
    /// thread whose root relates to another event, `M_TOO_LARGE` above 65,536 bytes. A redaction
    /// names its target in `content.redacts`, whatever the room's version. `M_USER_SUSPENDED` for
    /// all but redactions of the sender's own events.
    ///
    /// @param content taken over
    public EventId send(
            Requester requester, RoomId roomId, String type, ObjectNode content, String txnId) {
        EventTypes.requireType(type);
        if (!type.equals(REDACTION)) {
            requester.requireNotSuspended();
        }
        limits.require(RateLimit.MESSAGE, requester.userId().value());
        var room = rooms.get(roomId);
        var key = key(requester, "sendMessage " + roomId + " " + type, txnId);
        if (type.equals(REDACTION)) {
            return redact(requester, room, target(content), content, Set.of(), key);
        }
        if (annotations.isDuplicate(room, requester.userNid(), type, content)) {
            return transactions.findAnswer(room, key).orElseThrow(DuplicateAnnotations::refusal);
        }
        if (threadRoots.isImpossible(room, content)) {
            return transactions.findAnswer(room, key).orElseThrow(ThreadRoots::refusal);
        }
        return append(room, EventDraft.message(requester.userId(), type, content), key);
    }

    /// `M_NOT_FOUND` where the event is not in that room, `M_FORBIDDEN` where the user may not
    /// redact it.
    ///
    /// @param content of the redaction; taken over
    /// @param relTypes what relates to the event in these ways is redacted as well, where the user
    ///   may and up to 1,000 events; `*` for all
    public EventId redact(
            Requester requester,
            RoomId roomId,
            EventId target,
            ObjectNode content,
            Set<String> relTypes,
            String txnId) {
        var room = rooms.get(roomId);
        var key = key(requester, "redactEvent " + roomId + " " + target, txnId);
        return redact(requester, room, target, content, relTypes, key);
    }

    private EventId redact(
            Requester requester,
            RoomRef room,
            EventId target,
            ObjectNode content,
            Set<String> relTypes,
            TransactionKey key) {
        var answered = transactions.findAnswer(room, key);
        if (answered.isPresent()) {
            return answered.get();
        }
        redactionPermission.require(requester, room, target);
        // Where the room's version keeps it, the log puts it.
        content.remove("redacts");
        related.redact(requester, room, target, relTypes, content);
        var draft =
                new EventDraft(
                        requester.userId(),
                        REDACTION,
                        Optional.empty(),
                        content,
                        Optional.of(target),
                        Optional.empty());
        return append(room, draft, key);
    }

    private EventId append(RoomRef room, EventDraft draft, TransactionKey key) {
        var item =
                new AppendItem(
                        Optional.of(new TargetRoom.Existing(room.roomId())),
                        List.of(draft),
                        List.of(),
                        Optional.of(key));
        return log.append(item, Deadlines.SEND).eventIds().getFirst();
    }

    private static EventId target(ObjectNode content) {
        var redacts = content.get("redacts");
        if (redacts == null) {
            throw new MatrixException(
                    ErrorCode.M_MISSING_PARAM, "A redaction names its target in 'redacts'");
        }
        if (!redacts.isString()) {
            throw new MatrixException(ErrorCode.M_BAD_JSON, "'redacts' is an event ID");
        }
        return new EventId(redacts.stringValue());
    }

    private static TransactionKey key(Requester requester, String endpoint, String txnId) {
        if (txnId.isEmpty() || txnId.indexOf('\0') >= 0 || txnId.length() > TXN_ID_LENGTH_MAX) {
            throw new MatrixException(
                    ErrorCode.M_INVALID_PARAM, "A transaction ID has 1 to 255 characters");
        }
        return new TransactionKey(
                requester.userNid(), Viewer.transactionScope(requester), endpoint, txnId);
    }
}
