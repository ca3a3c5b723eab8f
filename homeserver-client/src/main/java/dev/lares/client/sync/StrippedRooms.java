package dev.lares.client.sync;

import dev.lares.core.event.StateKey;
import dev.lares.core.membership.Membership;
import dev.lares.core.room.EventReader;
import dev.lares.core.room.EventRendering;
import dev.lares.core.room.StoredEvent;
import dev.lares.core.state.StateEntry;
import dev.lares.core.state.StateReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/// Builds the entries of `rooms.invite` and `rooms.knock`: the [stripped
/// state](https://spec.matrix.org/v1.19/client-server-api/#stripped-state) of rooms that the user
/// is not in.
@Component
public class StrippedRooms {
    /// What the specification wants to be shown of a room to one who is not in it.
    private static final Set<StateKey> SHOWN =
            Set.of(
                    new StateKey("m.room.create", ""),
                    new StateKey("m.room.name", ""),
                    new StateKey("m.room.avatar", ""),
                    new StateKey("m.room.topic", ""),
                    new StateKey("m.room.join_rules", ""),
                    new StateKey("m.room.canonical_alias", ""),
                    new StateKey("m.room.encryption", ""));

    private final StateReader states;
    private final EventReader events;
    private final EventRendering rendering;

    StrippedRooms(StateReader states, EventReader events, EventRendering rendering) {
        this.states = states;
        this.events = events;
        this.rendering = rendering;
    }

    /// Members of `rooms.invite`, without its braces. Invitations of ignored users are left out.
    JsonBuffer invites(List<RoomPlan> plans, SyncContext context) {
        return build(plans, "invite_state", context);
    }

    /// Members of `rooms.knock`, without its braces.
    JsonBuffer knocks(List<RoomPlan> plans, SyncContext context) {
        return build(plans, "knock_state", context);
    }

    private JsonBuffer build(List<RoomPlan> plans, String member, SyncContext context) {
        var json = new JsonBuffer();
        for (var plan : plans) {
            var shown = shown(plan, context);
            if (plan.membership().membership() == Membership.INVITE
                    && isInvitedByIgnored(shown, context)) {
                continue;
            }
            json.name(plan.room().roomId().value()).openObject();
            json.name(member).openObject().name("events").openArray();
            write(json, plan, shown);
            json.closeArray().closeObject().closeObject();
        }
        return json;
    }

    /// Writes the stripped state of one room as values of an open array.
    public void write(JsonBuffer json, RoomPlan plan, SyncContext context) {
        write(json, plan, shown(plan, context));
    }

    private void write(JsonBuffer json, RoomPlan plan, List<StoredEvent> shown) {
        var contents = rendering.contents(plan.room(), shown);
        for (int i = 0; i < shown.size(); i++) {
            var pdu = shown.get(i).pdu();
            json.openObject();
            json.name("type").string(pdu.type());
            json.name("state_key").string(pdu.stateKey().orElseThrow());
            json.name("sender").string(pdu.sender().value());
            json.name("content").raw(contents.get(i).toString());
            json.closeObject();
        }
    }

    /// As the state was when the user was invited or knocked: what came later is not theirs to see.
    private List<StoredEvent> shown(RoomPlan plan, SyncContext context) {
        var keys = new HashSet<>(SHOWN);
        var own = new StateKey("m.room.member", context.viewer().userId().value());
        keys.add(own);
        var found = read(plan, keys);
        var all = new ArrayList<>(found);
        found.stream()
                .filter(event -> event.pdu().is(own.type(), own.stateKey()))
                .map(event -> new StateKey("m.room.member", event.pdu().sender().value()))
                .filter(inviter -> !inviter.equals(own))
                .findFirst()
                .ifPresent(inviter -> all.addAll(read(plan, Set.of(inviter))));
        return all;
    }

    private List<StoredEvent> read(RoomPlan plan, Set<StateKey> keys) {
        var entries =
                states.stateAt(Map.of(plan.roomNid(), keys), plan.membership().changed())
                        .getOrDefault(plan.roomNid(), List.of());
        var nids = new LinkedHashSet<Long>();
        entries.stream().map(StateEntry::eventNid).filter(nid -> nid != 0).forEach(nids::add);
        var found = events.find(plan.room(), nids);
        return nids.stream().map(found::get).filter(event -> event != null).toList();
    }

    private static boolean isInvitedByIgnored(List<StoredEvent> shown, SyncContext context) {
        return shown.stream()
                .filter(event -> event.pdu().is("m.room.member", context.viewer().userId().value()))
                .anyMatch(event -> context.ignored().contains(event.pdu().sender().value()));
    }
}
