package dev.lares.core.participation;

import dev.lares.core.domain.HostedDomains;
import dev.lares.core.id.UserId;
import dev.lares.core.profile.ProfileMembers;
import dev.lares.core.user.UserRefs;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Puts the profile of a local user into the content of their `m.room.member`.
@Component
public class MemberProfiles {
    private final HostedDomains domains;
    private final UserRefs users;
    private final ProfileMembers profiles;

    MemberProfiles(HostedDomains domains, UserRefs users, ProfileMembers profiles) {
        this.domains = domains;
        this.users = users;
        this.profiles = profiles;
    }

    /// Adds the display name and the avatar where the content does not say otherwise.
    public void addTo(ObjectNode content, UserId userId) {
        var userNid = domains.isLocal(userId) ? users.find(userId) : Optional.<Long>empty();
        if (userNid.isEmpty()) {
            return;
        }
        var profile = JsonNodeFactory.instance.objectNode();
        profiles.addTo(profile, userNid.get());
        for (var field : profile.properties()) {
            if (!content.has(field.getKey())) {
                content.set(field.getKey(), field.getValue());
            }
        }
    }
}
