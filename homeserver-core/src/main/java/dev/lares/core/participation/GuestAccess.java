package dev.lares.core.participation;

import dev.lares.core.account.AccountService;
import dev.lares.core.error.MatrixException;
import dev.lares.core.membership.Membership;
import dev.lares.core.membership.UserRooms;
import dev.lares.core.room.RoomRef;
import dev.lares.core.room.RoomStateReader;
import dev.lares.core.user.UserRefs;
import java.util.Arrays;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/// Whether a room lets guests in ([guest
/// access](https://spec.matrix.org/v1.19/client-server-api/#guest-access)).
@Service
public class GuestAccess {
    public static final String TYPE = "m.room.guest_access";

    private static final Logger log = LoggerFactory.getLogger(GuestAccess.class);

    private final RoomStateReader states;
    private final UserRooms memberships;
    private final AccountService accounts;
    private final UserRefs users;
    private final Members members;

    GuestAccess(
            RoomStateReader states,
            UserRooms memberships,
            AccountService accounts,
            UserRefs users,
            Members members) {
        this.states = states;
        this.memberships = memberships;
        this.accounts = accounts;
        this.users = users;
        this.members = members;
    }

    boolean mayJoin(RoomRef room) {
        return states.find(room, TYPE, "")
                .map(state -> state.pdu().content().get("guest_access"))
                .filter(node -> node.isString())
                .filter(node -> node.stringValue().equals("can_join"))
                .isPresent();
    }

    /// Makes our guests leave a room that does not let guests in any more. To be called when that
    /// has changed.
    public void enforce(RoomRef room) {
        if (mayJoin(room)) {
            return;
        }
        var joined = Arrays.stream(memberships.localJoined(room.roomNid())).boxed().toList();
        var guests = users.getAll(accounts.findGuests(joined));
        for (var guest : guests.values()) {
            try {
                members.send(
                        room,
                        guest,
                        guest,
                        Membership.LEAVE,
                        Members.content(Optional.of("The room does not let guests in any more")));
            } catch (MatrixException e) {
                log.warn("{} keeps the guest {}: {}", room.roomId(), guest, e.getMessage());
            }
        }
    }
}
