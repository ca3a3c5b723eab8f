package dev.lares.client.slidingsync;

import dev.lares.client.slidingsync.ExtensionScope.Wanted;
import dev.lares.client.slidingsync.RoomEntries.ToldEntry;
import dev.lares.client.sync.JsonBuffer;
import dev.lares.client.sync.ToDeviceEvents;
import dev.lares.core.log.Position;
import dev.lares.core.todevice.ToDeviceDelivery;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/// Builds what is told beside rooms.
@Component
class ExtensionAnswers {
    private final AccountDataExtension accountData;
    private final ReceiptsExtension receipts;
    private final TypingExtension typing;
    private final ToDeviceExtension toDevice;

    ExtensionAnswers(
            AccountDataExtension accountData,
            ReceiptsExtension receipts,
            TypingExtension typing,
            ToDeviceExtension toDevice) {
        this.accountData = accountData;
        this.receipts = receipts;
        this.typing = typing;
        this.toDevice = toDevice;
    }

    /// @param json members of `extensions`
    record Answers(JsonBuffer json, Says says) {
        enum Says {
            SOMETHING,
            /// Only what is told with every answer.
            NOTHING
        }
    }

    Answers build(
            Map<Long, SelectedRoom> rooms,
            List<ToldEntry> told,
            ToDeviceDelivery delivery,
            AnswerContext context,
            SentChanges sent) {
        var entries =
                told.stream()
                        .collect(
                                Collectors.toMap(
                                        entry -> entry.news().roomNid(), Function.identity()));
        var stretches = new RoomStretches(rooms, entries, context, sent);
        var news = new JsonBuffer();
        accountData.write(news, stretches);
        receipts.write(news, stretches);
        typing.write(news, stretches);
        var all = new JsonBuffer();
        writeDevice(all, context.request(), delivery, context.to());
        all.members(news);
        return new Answers(
                all,
                news.isEmpty() && delivery.messages().isEmpty()
                        ? Answers.Says.NOTHING
                        : Answers.Says.SOMETHING);
    }

    /// What is told with every answer; no device has keys yet.
    void writeDevice(
            JsonBuffer json, SlidingRequest request, ToDeviceDelivery delivery, Position upTo) {
        if (ToDeviceExtension.isAsked(request)) {
            json.name("to_device").openObject();
            json.name("next_batch").string(toDevice.next(request, upTo, delivery.upTo()));
            json.name("events").openArray();
            ToDeviceEvents.of(delivery.messages()).forEach(json::raw);
            json.closeArray().closeObject();
        }
        if (request.rules().extensions().e2ee() == Wanted.YES) {
            json.name("e2ee").openObject();
            json.name("device_one_time_keys_count").openObject();
            json.name("signed_curve25519").number(0);
            json.closeObject();
            json.name("device_unused_fallback_key_types").openArray().closeArray();
            json.closeObject();
        }
    }
}
