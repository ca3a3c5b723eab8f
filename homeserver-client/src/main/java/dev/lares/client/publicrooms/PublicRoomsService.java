package dev.lares.client.publicrooms;

import dev.lares.client.publicrooms.PublicRoomsController.Filter;
import dev.lares.client.publicrooms.PublicRoomsController.PublicRoom;
import dev.lares.client.publicrooms.PublicRoomsController.PublicRoomsResponse;
import dev.lares.core.domain.HostedDomains;
import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.id.ServerName;
import dev.lares.core.publicrooms.PublicRoomPage;
import dev.lares.core.publicrooms.PublicRoomQuery;
import dev.lares.core.publicrooms.PublicRoomQuery.RoomTypes;
import dev.lares.core.publicrooms.PublicRooms;
import dev.lares.core.publicrooms.RoomListing;
import dev.lares.core.web.Requester;
import java.util.Objects;
import java.util.Optional;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Service;

/// Answers who looks for rooms.
@Service
@EnableConfigurationProperties(PublicRoomsProperties.class)
class PublicRoomsService {
    private final PublicRooms rooms;
    private final HostedDomains domains;
    private final PublicRoomsProperties properties;

    PublicRoomsService(PublicRooms rooms, HostedDomains domains, PublicRoomsProperties properties) {
        this.rooms = rooms;
        this.domains = domains;
        this.properties = properties;
    }

    /// `M_MISSING_TOKEN` where nobody is logged in and that is needed, `M_NOT_FOUND` for the
    /// directory of another server, `M_INVALID_PARAM` for a token that is none of ours and a
    /// negative limit.
    ///
    /// @param domain whose directory it is where the request names none
    PublicRoomsResponse list(Optional<Requester> requester, ServerName domain, Request request) {
        if (requester.isEmpty() && !properties.withoutLogin()) {
            throw new MatrixException(
                    ErrorCode.M_MISSING_TOKEN, "Log in to read the directory of this server");
        }
        var asked = request.server().orElse(domain);
        if (!domains.isLocal(asked)) {
            throw new MatrixException(
                    ErrorCode.M_NOT_FOUND,
                    "The directory of " + asked + " cannot be read: this server does not federate");
        }
        var query =
                new PublicRoomQuery(
                        asked,
                        request.filter().flatMap(Filter::genericSearchTerm),
                        request.filter()
                                .flatMap(Filter::roomTypes)
                                .map(types ->
                                        new RoomTypes(
                                                types.stream().filter(Objects::nonNull).toList(),
                                                types.stream().anyMatch(Objects::isNull))));
        var page = rooms.page(query, request.since(), request.limit());
        return response(
                request.network().filter(network -> !network.isEmpty()).isPresent()
                        ? PublicRoomPage.EMPTY
                        : page);
    }

    private static PublicRoomsResponse response(PublicRoomPage page) {
        return new PublicRoomsResponse(
                page.rooms().stream().map(PublicRoomsService::room).toList(),
                page.next(),
                page.previous(),
                page.total());
    }

    private static PublicRoom room(RoomListing listing) {
        return new PublicRoom(
                listing.roomId(),
                listing.name(),
                listing.topic(),
                listing.canonicalAlias(),
                listing.avatarUrl(),
                listing.joinedMembers(),
                listing.worldReadable(),
                listing.guestCanJoin(),
                listing.joinRule(),
                listing.roomType());
    }

    /// @param network of an application service, of which there are none
    record Request(
            Optional<ServerName> server,
            Optional<String> since,
            Optional<Integer> limit,
            Optional<String> network,
            Optional<Filter> filter) {}
}
