package dev.lares.client.roomsummary;

import dev.lares.core.alias.AliasService;
import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.id.RoomIdOrAlias;
import dev.lares.core.membership.Membership;
import dev.lares.core.room.RoomRefs;
import dev.lares.core.roompreview.PreviewViewer;
import dev.lares.core.roompreview.PreviewViewers;
import dev.lares.core.roompreview.RoomPreview;
import dev.lares.core.roompreview.RoomPreviews;
import dev.lares.core.web.Requester;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;

/// Summarises rooms.
@Service
class RoomSummaryService {
    private final AliasService aliases;
    private final RoomRefs rooms;
    private final RoomPreviews previews;
    private final PreviewViewers viewers;

    RoomSummaryService(
            AliasService aliases, RoomRefs rooms, RoomPreviews previews, PreviewViewers viewers) {
        this.aliases = aliases;
        this.rooms = rooms;
        this.previews = previews;
        this.viewers = viewers;
    }

    /// `M_NOT_FOUND` for a room that is not there or that the user, or who is not logged in, may
    /// neither join nor knock on nor read.
    Summary summarise(Optional<Requester> requester, RoomIdOrAlias idOrAlias) {
        var room = rooms.find(aliases.resolve(idOrAlias)).orElseThrow(RoomSummaryService::notFound);
        var viewer =
                requester.map(user -> viewers.get(user.userNid())).orElse(PreviewViewer.ANYBODY);
        var preview =
                Optional.ofNullable(previews.of(List.of(room)).get(room.roomNid()))
                        .filter(viewer::maySee)
                        .orElseThrow(RoomSummaryService::notFound);
        return new Summary(
                preview, requester.map(user -> viewer.in(room.roomNid()).orElse(Membership.LEAVE)));
    }

    private static MatrixException notFound() {
        return new MatrixException(ErrorCode.M_NOT_FOUND, "Room not found");
    }

    /// @param membership of the user; absent where nobody is logged in
    record Summary(RoomPreview preview, Optional<Membership> membership) {}
}
