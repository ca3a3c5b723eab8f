package dev.lares.client.sync;

import dev.lares.core.todevice.ToDeviceMessage;
import java.util.List;

/// Writes messages to devices as the
/// [events](https://spec.matrix.org/v1.19/client-server-api/#extensions-to-sync) that clients get.
public final class ToDeviceEvents {
    private ToDeviceEvents() {}

    public static List<byte[]> of(List<ToDeviceMessage> messages) {
        return messages.stream().map(ToDeviceEvents::event).toList();
    }

    private static byte[] event(ToDeviceMessage message) {
        var json = new JsonBuffer().openObject();
        json.name("sender").string(message.sender().value());
        json.name("type").string(message.type());
        json.name("content").raw(message.content());
        return json.closeObject().toBytes();
    }
}
