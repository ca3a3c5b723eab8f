package dev.lares.client.createroom;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.lares.core.id.UserId;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// The body of [`POST
/// /createRoom`](https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3createroom).
record CreateRoomRequest(
        Optional<Visibility> visibility,
        Optional<String> roomAliasName,
        Optional<String> name,
        Optional<String> topic,
        Optional<@Size(max = INVITES_MAX) List<@NotNull UserId>> invite,
        @JsonProperty("invite_3pid") Optional<List<ObjectNode>> invite3pid,
        Optional<String> roomVersion,
        Optional<ObjectNode> creationContent,
        Optional<@Size(max = INITIAL_STATE_MAX) List<@NotNull @Valid InitialState>> initialState,
        Optional<Preset> preset,
        Optional<Boolean> isDirect,
        Optional<ObjectNode> powerLevelContentOverride) {
    /// A room is made in one append, which has to stay small.
    static final int INVITES_MAX = 100;

    static final int INITIAL_STATE_MAX = 100;

    /// Whether the published room directory shows the room.
    enum Visibility {
        @JsonProperty("public")
        PUBLIC,
        @JsonProperty("private")
        PRIVATE
    }

    /// What the room is for.
    enum Preset {
        @JsonProperty("private_chat")
        PRIVATE_CHAT,
        @JsonProperty("public_chat")
        PUBLIC_CHAT,
        @JsonProperty("trusted_private_chat")
        TRUSTED_PRIVATE_CHAT
    }

    /// A state event of the new room.
    record InitialState(
            @NotNull String type, Optional<String> stateKey, @NotNull ObjectNode content) {}

    List<UserId> invitees() {
        return invite.orElse(List.of()).stream().distinct().toList();
    }

    Preset effectivePreset() {
        return preset.orElse(
                visibility.orElse(Visibility.PRIVATE) == Visibility.PUBLIC
                        ? Preset.PUBLIC_CHAT
                        : Preset.PRIVATE_CHAT);
    }
}
