package dev.lares.core.todevice;

import dev.lares.core.domain.HostedDomains;
import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.id.DeviceId;
import dev.lares.core.id.UserId;
import dev.lares.core.json.CanonicalJson;
import dev.lares.core.json.JsonRules;
import dev.lares.core.log.AppendItem;
import dev.lares.core.log.LogWriter;
import dev.lares.core.log.StreamRow;
import dev.lares.core.log.TransactionKey;
import dev.lares.core.room.Viewer;
import dev.lares.core.sending.Deadlines;
import dev.lares.core.sending.EventTypes;
import dev.lares.core.user.UserRefs;
import dev.lares.core.web.Requester;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Service;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Sends messages to devices of local users. What one request sends is one item of the log: all of
/// it is there, or none. Users and devices that there are not are passed over, as nobody is to find
/// out which there are; so are users of other servers, as long as the server does not federate.
@Service
public class ToDeviceSendingService {
    /// The name of the stream of the log.
    public static final String STREAM = "to_device";

    /// Stands for all devices of a user.
    static final String ALL_DEVICES = "*";

    /// Messages of one request.
    static final int MESSAGES_MAX = 10_000;

    /// Largest content, in bytes of canonical JSON: that of an event.
    static final int CONTENT_MAX_BYTES = 65_536;

    private static final int TXN_ID_LENGTH_MAX = 255;

    private final HostedDomains domains;
    private final UserRefs users;
    private final LogWriter log;

    ToDeviceSendingService(HostedDomains domains, UserRefs users, LogWriter log) {
        this.domains = domains;
        this.users = users;
        this.log = log;
    }

    private record Message(UserId to, Optional<DeviceId> deviceId, String content) {}

    /// Waits until the messages are durable. A repeated request, known by the device that sends,
    /// the type and the transaction ID, sends nothing.
    ///
    /// @param messages from user ID to device ID, or `*` for all devices, to content
    /// @throws MatrixException `M_BAD_JSON` where the messages have another form, `M_INVALID_PARAM`
    ///   for what is no user or device ID, `M_TOO_LARGE` for a content above 64 KiB and for more
    ///   than 10,000 messages
    public void send(Requester requester, String type, String txnId, ObjectNode messages) {
        EventTypes.requireType(type);
        if (txnId.length() > TXN_ID_LENGTH_MAX) {
            throw new MatrixException(
                    ErrorCode.M_INVALID_PARAM, "A transaction ID has at most 255 characters");
        }
        var parsed = parse(messages);
        var known = users.findAll(parsed.stream().map(Message::to).distinct().toList());
        var rows = new ArrayList<StreamRow>();
        for (var message : parsed) {
            var userNid = known.get(message.to());
            if (userNid != null) {
                rows.add(row(userNid, requester.userNid(), type, message));
            }
        }
        if (rows.isEmpty()) {
            return;
        }
        var key =
                new TransactionKey(
                        requester.userNid(),
                        Viewer.transactionScope(requester),
                        "sendToDevice " + type,
                        txnId);
        log.append(
                new AppendItem(Optional.empty(), List.of(), rows, Optional.of(key)),
                Deadlines.SEND);
    }

    /// Those to local users. Each user's devices are named or all.
    private List<Message> parse(ObjectNode messages) {
        var parsed = new ArrayList<Message>();
        for (var ofUser : messages.properties()) {
            var to = new UserId(ofUser.getKey());
            var byDevice = requireObject(ofUser.getValue());
            for (var one : devices(byDevice).entrySet()) {
                var content = CanonicalJson.of(requireObject(one.getValue()), JsonRules.LAX);
                if (content.sizeBytes() > CONTENT_MAX_BYTES) {
                    throw new MatrixException(
                            ErrorCode.M_TOO_LARGE, "A message has at most 65536 bytes");
                }
                if (domains.isLocal(to)) {
                    parsed.add(new Message(to, one.getKey(), text(content)));
                }
            }
            if (parsed.size() > MESSAGES_MAX) {
                throw new MatrixException(
                        ErrorCode.M_TOO_LARGE, "A request has at most 10000 messages");
            }
        }
        return parsed;
    }

    /// A user gets one message a device: all get the one for all, where there is one.
    private static Map<Optional<DeviceId>, JsonNode> devices(ObjectNode byDevice) {
        var devices = new LinkedHashMap<Optional<DeviceId>, JsonNode>();
        for (var one : byDevice.properties()) {
            if (one.getKey().equals(ALL_DEVICES)) {
                return Map.of(Optional.empty(), one.getValue());
            }
            devices.put(Optional.of(new DeviceId(one.getKey())), one.getValue());
        }
        return devices;
    }

    private static StreamRow row(long userNid, long senderNid, String type, Message message) {
        var row = JsonNodeFactory.instance.objectNode();
        row.put("user_nid", userNid);
        message.deviceId().ifPresent(device -> row.put("device_id", device.value()));
        row.put("sender_nid", senderNid);
        row.put("type", type);
        row.put("content", message.content());
        return new StreamRow(STREAM, userNid, 0, row);
    }

    private static ObjectNode requireObject(JsonNode node) {
        if (node instanceof ObjectNode object) {
            return object;
        }
        throw new MatrixException(
                ErrorCode.M_BAD_JSON,
                "'messages' maps user IDs to device IDs to the content of a message");
    }

    private static String text(CanonicalJson content) {
        return new String(content.bytes(), StandardCharsets.UTF_8);
    }
}
