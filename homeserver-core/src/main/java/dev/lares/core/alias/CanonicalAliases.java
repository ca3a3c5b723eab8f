package dev.lares.core.alias;

import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.id.RoomAlias;
import dev.lares.core.room.RoomRef;
import dev.lares.core.room.RoomStateReader;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Checks what an `m.room.canonical_alias` lists newly
/// ([setRoomStateWithKey](https://spec.matrix.org/v1.19/client-server-api/#put_matrixclientv3roomsroomidstateeventtypestatekey)).
@Component
public class CanonicalAliases {
    public static final String TYPE = "m.room.canonical_alias";

    /// Aliases in one event that are checked; more are refused.
    private static final int ALIASES_MAX = 200;

    private final AliasService aliases;
    private final RoomStateReader states;

    CanonicalAliases(AliasService aliases, RoomStateReader states) {
        this.aliases = aliases;
        this.states = states;
    }

    /// `M_INVALID_PARAM` where a new alias is none, `M_BAD_ALIAS` where it does not point to the
    /// room. What stood there before may stay.
    public void require(RoomRef room, ObjectNode content) {
        var listed = listed(content);
        if (listed.size() > ALIASES_MAX) {
            throw new MatrixException(ErrorCode.M_INVALID_PARAM, "Too many aliases");
        }
        if (listed.isEmpty()) {
            return;
        }
        states.find(room, TYPE, "")
                .ifPresent(before -> listed.removeAll(texts(before.pdu().content())));
        for (var text : listed) {
            var alias = new RoomAlias(text);
            if (!aliases.find(alias).equals(Optional.of(room.roomId()))) {
                throw new MatrixException(
                        ErrorCode.M_BAD_ALIAS,
                        "The alias '" + alias + "' does not point to this room");
            }
        }
    }

    private static Set<String> listed(ObjectNode content) {
        requireTypes(content);
        return texts(content);
    }

    private static void requireTypes(ObjectNode content) {
        var alias = content.path("alias");
        var alternatives = content.path("alt_aliases");
        boolean fits =
                (alias.isMissingNode() || alias.isNull() || alias.isString())
                        && (alternatives.isMissingNode() || alternatives.isArray());
        for (var alternative : alternatives) {
            fits &= alternative.isString();
        }
        if (!fits) {
            throw new MatrixException(
                    ErrorCode.M_BAD_JSON, "'alias' is an alias, 'alt_aliases' a list of them");
        }
    }

    private static Set<String> texts(ObjectNode content) {
        var texts = new HashSet<String>();
        add(texts, content.path("alias"));
        for (var alternative : content.path("alt_aliases")) {
            add(texts, alternative);
        }
        return texts;
    }

    private static void add(Set<String> texts, JsonNode node) {
        // An empty alias means none.
        if (node.isString() && !node.stringValue().isEmpty()) {
            texts.add(node.stringValue());
        }
    }
}
