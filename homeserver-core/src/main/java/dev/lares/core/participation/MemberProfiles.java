package dev.lares.core.participation;

import dev.lares.core.domain.HostedDomains;
import dev.lares.core.id.UserId;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/// Puts the profile of a local user into the content of their `m.room.member`.
@Component
public class MemberProfiles {
    private final HostedDomains domains;

    MemberProfiles(HostedDomains domains) {
        this.domains = domains;
    }

    /// Adds the display name and the avatar where the content does not say otherwise.
    public void addTo(ObjectNode content, UserId userId) {
        if (!domains.isLocal(userId)) {
            return;
        }
    }
}
