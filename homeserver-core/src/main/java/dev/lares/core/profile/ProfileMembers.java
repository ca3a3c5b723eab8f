package dev.lares.core.profile;

import dev.lares.core.json.JsonLimits;
import dev.lares.core.json.JsonRules;
import dev.lares.core.json.JsonText;
import java.nio.charset.StandardCharsets;
import org.springframework.stereotype.Service;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What an [`m.room.member`](https://spec.matrix.org/v1.19/client-server-api/#mroommember) shows of
/// the profile of its user.
@Service
public class ProfileMembers {
    private final ProfileRepository profiles;

    ProfileMembers(ProfileRepository profiles) {
        this.profiles = profiles;
    }

    /// Adds the display name and the avatar of a local user to the content of an event.
    public void addTo(ObjectNode content, long userNid) {
        add(content, userNid, ProfileField.DISPLAYNAME);
        add(content, userNid, ProfileField.AVATAR_URL);
    }

    /// The content of a `join` of the user.
    ObjectNode joinContent(long userNid) {
        var content = JsonNodeFactory.instance.objectNode();
        content.put("membership", "join");
        addTo(content, userNid);
        return content;
    }

    private void add(ObjectNode content, long userNid, ProfileField field) {
        profiles.find(userNid, field)
                .ifPresent(json ->
                        content.set(
                                field.key(),
                                JsonText.parse(
                                        json.getBytes(StandardCharsets.UTF_8),
                                        JsonRules.STRICT,
                                        JsonLimits.CLIENT)));
    }
}
