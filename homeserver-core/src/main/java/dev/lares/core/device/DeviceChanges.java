package dev.lares.core.device;

import dev.lares.core.id.DeviceId;
import dev.lares.core.log.StreamRow;
import dev.lares.core.secret.TokenHash;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Rows of the stream `device`, for whoever appends them. What they take from a device takes its
/// tokens too, in the same transaction.
public final class DeviceChanges {
    public static final String STREAM = "device";

    private DeviceChanges() {}

    /// A token as the log carries it.
    ///
    /// @param expiresAt absent: never
    public record NewToken(TokenHash hash, Optional<Instant> expiresAt) {}

    /// Gives the device these tokens and takes away what it had. A device that does not exist is
    /// made, with the display name.
    public static StreamRow login(
            long userNid,
            DeviceId deviceId,
            Optional<String> displayName,
            NewToken accessToken,
            Optional<NewToken> refreshToken,
            Instant now) {
        var row = row(userNid, "login", List.of(deviceId));
        displayName.ifPresent(name -> row.put("display_name", name));
        row.put("ts", now.toEpochMilli());
        row.put("access_hash", accessToken.hash().hex());
        accessToken.expiresAt().ifPresent(at -> row.put("access_expires_ts", at.toEpochMilli()));
        refreshToken.ifPresent(token -> {
            row.put("refresh_hash", token.hash().hex());
            token.expiresAt().ifPresent(at -> row.put("refresh_expires_ts", at.toEpochMilli()));
        });
        return new StreamRow(STREAM, userNid, 0, row);
    }

    static StreamRow rename(long userNid, DeviceId deviceId, String displayName) {
        var row = row(userNid, "rename", List.of(deviceId));
        row.put("display_name", displayName);
        return new StreamRow(STREAM, userNid, 0, row);
    }

    public static StreamRow delete(long userNid, Collection<DeviceId> deviceIds) {
        return new StreamRow(STREAM, userNid, 0, row(userNid, "delete", deviceIds));
    }

    /// Deletes all devices and all tokens of the user, those without a device included, but spares
    /// the device named.
    public static StreamRow deleteOthers(long userNid, Optional<DeviceId> spared) {
        var row = row(userNid, "delete_others", spared.stream().toList());
        return new StreamRow(STREAM, userNid, 0, row);
    }

    private static ObjectNode row(long userNid, String change, Collection<DeviceId> deviceIds) {
        var row = JsonNodeFactory.instance.objectNode();
        row.put("user_nid", userNid);
        row.put("change", change);
        var ids = row.putArray("device_ids");
        deviceIds.forEach(id -> ids.add(id.value()));
        return row;
    }
}
