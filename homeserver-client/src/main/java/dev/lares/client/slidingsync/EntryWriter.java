package dev.lares.client.slidingsync;

import dev.lares.client.slidingsync.SlidingRequest.Spelling;
import dev.lares.client.sync.JsonBuffer;
import dev.lares.core.log.Position;
import dev.lares.core.membership.RoomSummaries.RoomSummary;
import dev.lares.core.position.PositionTokens;
import dev.lares.core.unread.UnreadCounts;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Writes the entry of one room that the user is or was in.
final class EntryWriter {
    private final AnswerContext context;
    private final PositionTokens tokens;
    private final JsonBuffer json = new JsonBuffer();

    EntryWriter(AnswerContext context, PositionTokens tokens) {
        this.context = context;
        this.tokens = tokens;
    }

    /// @param summary told where members changed
    /// @param counts of what is unread, where they are told
    /// @param bump place among the rooms that a client sorts
    JsonBuffer write(
            RoomDraft draft,
            Optional<RoomSummary> summary,
            @Nullable UnreadCounts counts,
            Position bump) {
        json.openObject();
        writeName(draft, summary);
        writeFlags(draft);
        writeState(draft);
        writeTimeline(draft);
        if (draft.tellsMembers()) {
            summary.ifPresent(told -> {
                json.name("joined_count").number(told.joined());
                json.name("invited_count").number(told.invited());
            });
        }
        if (counts != null) {
            json.name("notification_count").number(counts.total().notifications());
            json.name("highlight_count").number(counts.total().highlights());
        }
        writeCommon(json, draft.news().selected(), bump, context.request().spelling());
        return json.closeObject();
    }

    /// What the entries of all rooms have.
    static void writeCommon(JsonBuffer json, SelectedRoom room, Position bump, Spelling spelling) {
        json.name("bump_stamp").number(bump.value());
        json.name("membership").string(room.room().membership().membership().value());
        switch (spelling) {
            case STABLE -> {
                if (!room.lists().isEmpty()) {
                    json.name("lists").openArray();
                    room.lists().stream().sorted().forEach(json::string);
                    json.closeArray();
                }
            }
            case UNSTABLE -> {}
        }
    }

    private void writeName(RoomDraft draft, Optional<RoomSummary> summary) {
        var name =
                draft.looked(StateJson.NAME)
                        .map(state -> StateJson.content(state.json().bytes()))
                        .flatMap(content -> StateJson.text(content, "name"));
        if (draft.tellsName()) {
            writeOrClear("name", name, draft);
        }
        if (draft.tellsAvatar()) {
            writeOrClear(
                    "avatar",
                    draft.looked(StateJson.AVATAR)
                            .map(state -> StateJson.content(state.json().bytes()))
                            .flatMap(content -> StateJson.text(content, "url")),
                    draft);
        }
        if (name.isEmpty() && (draft.tellsMembers() || draft.tellsName())) {
            summary.ifPresent(told -> writeHeroes(draft, told));
        }
    }

    /// What an initial entry does not have is not there; else it has to be said.
    private void writeOrClear(String member, Optional<String> value, RoomDraft draft) {
        if (value.isPresent()) {
            json.name(member).string(value.get());
        } else if (!draft.news().isInitial()) {
            json.name(member).raw("null");
        }
    }

    private void writeHeroes(RoomDraft draft, RoomSummary summary) {
        json.name("heroes").openArray();
        for (var hero : summary.heroes()) {
            json.openObject();
            json.name("user_id").string(hero.userId().value());
            draft.looked(RoomEntries.member(hero.userId()))
                    .map(state -> StateJson.content(state.json().bytes()))
                    .ifPresent(content -> {
                        StateJson.text(content, "displayname")
                                .ifPresent(text -> json.name("displayname").string(text));
                        StateJson.text(content, "avatar_url")
                                .ifPresent(text -> json.name("avatar_url").string(text));
                    });
            json.closeObject();
        }
        json.closeArray();
    }

    private void writeFlags(RoomDraft draft) {
        var news = draft.news();
        boolean direct = context.isDirect(news.selected());
        if (news.isInitial() ? direct : news.changesDirect(context)) {
            json.name("is_dm").literal(direct);
        }
        if (news.isInitial()) {
            json.name("initial").literal(true);
        }
    }

    private void writeState(RoomDraft draft) {
        if (draft.required().isEmpty() && !draft.news().isInitial()) {
            return;
        }
        json.name("required_state").openArray();
        for (var state : draft.required().values()) {
            switch (context.request().spelling()) {
                case STABLE -> json.raw(state.json().bytes());
                // Which has no way to say that something is gone.
                case UNSTABLE -> {
                    if (!state.isGone()) {
                        json.raw(state.json().bytes());
                    }
                }
            }
        }
        json.closeArray();
    }

    private void writeTimeline(RoomDraft draft) {
        var timeline = draft.timeline();
        var news = draft.news();
        if (timeline.events().isEmpty() && !timeline.limited() && !news.isInitial()) {
            return;
        }
        json.name("timeline").openArray();
        timeline.events().forEach(event -> json.raw(event.json().bytes()));
        json.closeArray();
        json.name("prev_batch")
                .string(
                        timeline.before()
                                .map(place -> tokens.page(place.depth(), place.pos()))
                                .orElseGet(() ->
                                        tokens.sync(
                                                draft.end(),
                                                0,
                                                context.request().requester().deviceId())));
        json.name("limited").literal(timeline.limited());
        json.name("num_live").number(live(draft));
        if (news.expandsTimeline()) {
            json.name(
                            switch (context.request().spelling()) {
                                case STABLE -> "expanded_timeline";
                                case UNSTABLE -> "unstable_expanded_timeline";
                            })
                    .literal(true);
        }
    }

    /// How many of the events happened since the client last asked.
    private long live(RoomDraft draft) {
        if (context.base().isFresh()) {
            return 0;
        }
        return draft.timeline().events().stream()
                .filter(event -> event.pos() > context.base().upTo().value())
                .count();
    }
}
