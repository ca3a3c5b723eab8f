package dev.lares.client.slidingsync;

import dev.lares.client.slidingsync.RoomEntries.ToldEntry;
import dev.lares.client.sync.JsonBuffer;
import dev.lares.client.sync.RoomPlan;
import dev.lares.client.sync.RoomPlan.Knowledge;
import dev.lares.client.sync.RoomTimelines;
import dev.lares.client.sync.StrippedRooms;
import dev.lares.client.sync.ToldTimeline;
import dev.lares.core.json.JsonRules;
import dev.lares.core.json.JsonText;
import dev.lares.core.log.Position;
import dev.lares.core.membership.Membership;
import dev.lares.core.room.RoomRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/// Builds the entries of rooms in which the user never was: of invitations and knocks, and of these
/// when nothing came of them.
@Component
class OutsideEntries {
    private static final LazyMembers.Told NOBODY =
            new LazyMembers.Told(LazyMembers.Told.Start.ANEW, Set.of());
    private static final ToldTimeline NOTHING =
            new ToldTimeline(List.of(), false, Optional.empty());

    private final StrippedRooms stripped;
    private final RoomTimelines timelines;
    private final StateBodies states;

    OutsideEntries(StrippedRooms stripped, RoomTimelines timelines, StateBodies states) {
        this.stripped = stripped;
        this.timelines = timelines;
        this.states = states;
    }

    List<ToldEntry> build(List<RoomNews> rooms, AnswerContext context) {
        var entries = new ArrayList<ToldEntry>();
        for (var room : rooms) {
            entries.add(
                    room.selected().room().membership().membership().isGone()
                            ? over(room, context)
                            : asked(room, context));
        }
        return entries;
    }

    /// An invitation or a knock.
    private ToldEntry asked(RoomNews room, AnswerContext context) {
        var selected = room.selected();
        var membership = selected.room().membership();
        var json = new JsonBuffer().openObject();
        json.name("initial").literal(true);
        if (context.isDirect(selected)) {
            json.name("is_dm").literal(true);
        }
        json.name(
                        switch (context.request().spelling()) {
                            case STABLE -> "stripped_state";
                            case UNSTABLE ->
                                    membership.membership() == Membership.KNOCK
                                            ? "knock_state"
                                            : "invite_state";
                        })
                .openArray();
        var plan =
                new RoomPlan(
                        selected.room().ref(),
                        membership,
                        Position.ZERO,
                        context.to(),
                        Knowledge.NOTHING);
        stripped.write(json, plan, context.shared(0));
        json.closeArray();
        EntryWriter.writeCommon(json, selected, membership.changed(), context.request().spelling());
        return new ToldEntry(room, json.closeObject(), NOTHING, NOBODY);
    }

    /// What the user may know of it is that it is over.
    private ToldEntry over(RoomNews room, AnswerContext context) {
        var selected = room.selected();
        var membership = selected.room().membership();
        var ref = selected.room().ref();
        var before = new Position(Math.max(0, membership.changed().value() - 1));
        var plan = new RoomPlan(ref, membership, before, membership.changed(), Knowledge.OUTSIDE);
        var timeline =
                timelines
                        .tell(List.of(plan), Map.of(), context.shared(1))
                        .getOrDefault(ref.roomNid(), NOTHING);
        var own = RoomEntries.member(context.viewer().userId());
        var wanted = new HashMap<RoomRef, StateBodies.Wanted>();
        wanted.put(ref, new StateBodies.Wanted(Set.of(own), membership.changed()));
        var member =
                Optional.ofNullable(states.read(wanted).getOrDefault(ref, Map.of()).get(own))
                        .filter(state -> !state.isGone());
        var json = new JsonBuffer().openObject();
        if (room.isInitial()) {
            json.name("initial").literal(true);
        }
        json.name("required_state").openArray();
        // Also who did not ask for it has no other way to learn it in the unstable form.
        member.ifPresent(state -> json.raw(state.json().bytes()));
        json.closeArray();
        json.name("timeline").openArray();
        timeline.events().forEach(event -> json.raw(event.json().bytes()));
        json.closeArray();
        json.name("limited").literal(false);
        json.name("num_live").number(context.base().isFresh() ? 0 : timeline.events().size());
        switch (context.request().spelling()) {
            case STABLE -> {
                json.name("stripped_state").openArray();
                member.ifPresent(state -> writeStripped(json, state));
                json.closeArray();
            }
            case UNSTABLE -> {}
        }
        EntryWriter.writeCommon(json, selected, membership.changed(), context.request().spelling());
        return new ToldEntry(room, json.closeObject(), timeline, NOBODY);
    }

    private static void writeStripped(JsonBuffer json, ToldState state) {
        var event = JsonText.parseObject(state.json().bytes(), JsonRules.LAX);
        json.openObject();
        json.name("type").string(state.key().type());
        json.name("state_key").string(state.key().stateKey());
        json.name("sender").string(event.path("sender").asString(""));
        json.name("content").raw(event.path("content").toString());
        json.closeObject();
    }
}
