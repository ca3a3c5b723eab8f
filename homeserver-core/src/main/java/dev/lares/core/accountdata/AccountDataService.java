package dev.lares.core.accountdata;

import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.json.CanonicalJson;
import dev.lares.core.json.JsonRules;
import dev.lares.core.json.JsonText;
import dev.lares.core.log.AppendItem;
import dev.lares.core.log.LogWriter;
import dev.lares.core.log.Position;
import dev.lares.core.log.StreamRow;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What users keep for themselves.
@Service
public class AccountDataService {
    /// Stands for a room in [AccountDataRow#roomNid] where the data is global.
    public static final long GLOBAL = 0;

    /// Largest content, in bytes of canonical JSON: that of an event.
    static final int CONTENT_MAX_BYTES = 65_536;

    /// How many types one user may keep, over all rooms.
    static final int ROWS_MAX = AccountDataRepository.ROWS_MAX;

    private static final int TYPE_MAX_BYTES = 255;
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private final AccountDataRepository repository;
    private final LogWriter log;

    AccountDataService(AccountDataRepository repository, LogWriter log) {
        this.repository = repository;
        this.log = log;
    }

    public Optional<ObjectNode> find(long userNid, long roomNid, String type) {
        return repository.findContent(userNid, roomNid, type).map(AccountDataService::parse);
    }

    /// What changed in (since, to], oldest first.
    public List<AccountDataRow> changed(long userNid, Position since, Position to) {
        return repository.findChanged(userNid, since, to);
    }

    /// All that the user keeps in those rooms.
    public List<AccountDataRow> ofRooms(long userNid, List<Long> roomNids) {
        return repository.findOfRooms(userNid, roomNids);
    }

    /// The user's data of one type, global and of every room.
    public List<AccountDataRow> ofType(long userNid, String type) {
        return repository.findOfType(userNid, type);
    }

    /// Waits until the content is durable.
    ///
    /// @throws MatrixException `M_TOO_LARGE` above 64 KiB, `M_INVALID_PARAM` for a type above 255
    ///   bytes, `M_RESOURCE_LIMIT_EXCEEDED` when the user keeps too much
    public void put(long userNid, long roomNid, String type, ObjectNode content) {
        var canonical = CanonicalJson.of(content, JsonRules.LAX);
        if (canonical.sizeBytes() > CONTENT_MAX_BYTES) {
            throw new MatrixException(
                    ErrorCode.M_TOO_LARGE, "Account data has at most 65536 bytes");
        }
        if (type.isEmpty() || type.getBytes(StandardCharsets.UTF_8).length > TYPE_MAX_BYTES) {
            throw new MatrixException(
                    ErrorCode.M_INVALID_PARAM, "A type has between 1 and 255 bytes");
        }
        if (repository.count(userNid) >= ROWS_MAX
                && repository.findContent(userNid, roomNid, type).isEmpty()) {
            throw new MatrixException(
                    ErrorCode.M_RESOURCE_LIMIT_EXCEEDED, "This account keeps too much data");
        }
        append(row(userNid, roomNid, type, Optional.of(canonical)));
    }

    /// Waits until the deletion is durable. Whoever syncs from before it is told of empty content.
    /// Nothing happens where there is no such data.
    public void delete(long userNid, long roomNid, String type) {
        if (repository.findContent(userNid, roomNid, type).isPresent()) {
            append(row(userNid, roomNid, type, Optional.empty()));
        }
    }

    /// Account data as a row that goes into an append with something else. The limits of [#put] are
    /// the caller's to keep.
    public static StreamRow row(long userNid, long roomNid, String type, ObjectNode content) {
        return row(userNid, roomNid, type, Optional.of(CanonicalJson.of(content, JsonRules.LAX)));
    }

    private void append(StreamRow row) {
        log.append(
                new AppendItem(Optional.empty(), List.of(), List.of(row), Optional.empty()),
                DEADLINE);
    }

    private static StreamRow row(
            long userNid, long roomNid, String type, Optional<CanonicalJson> content) {
        var row = JsonNodeFactory.instance.objectNode();
        row.put("user_nid", userNid);
        row.put("room_nid", roomNid);
        row.put("type", type);
        content.ifPresent(
                json -> row.put("content", new String(json.bytes(), StandardCharsets.UTF_8)));
        return new StreamRow("account_data", userNid, 0, row);
    }

    private static ObjectNode parse(String content) {
        return JsonText.parseObject(content.getBytes(StandardCharsets.UTF_8), JsonRules.LAX);
    }
}
