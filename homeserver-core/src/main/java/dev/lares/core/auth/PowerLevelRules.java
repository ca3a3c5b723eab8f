package dev.lares.core.auth;

import static dev.lares.core.auth.Authorization.reject;

import dev.lares.core.event.Pdu;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The rules of `m.room.power_levels`: rule 10 before v6, 9 from v6 to v11, 10 in v12. They hold
/// for every event of that type, whatever its state key. Cited as v10 numbers them.
final class PowerLevelRules {
    private static final List<String> SINGLE_LEVELS =
            List.of(
                    "users_default",
                    "events_default",
                    "state_default",
                    "ban",
                    "redact",
                    "kick",
                    "invite");

    private final Authorization auth;
    private final RuleNumbers numbers;
    private final ObjectNode next;
    private final LevelFormat format;

    private PowerLevelRules(Authorization auth) {
        this.auth = auth;
        this.numbers = auth.numbers();
        this.next = auth.event().content();
        this.format = LevelFormat.of(auth.rules());
    }

    static AuthDecision check(Authorization auth) {
        return new PowerLevelRules(auth).check();
    }

    private AuthDecision check() {
        var malformed = findMalformed();
        if (malformed.isPresent()) {
            return malformed.get();
        }
        // v10 rule 9.4: the first levels are free to choose.
        var current = auth.state().find(StateTypes.POWER_LEVELS, "").map(Pdu::content);
        // v10 rule 9.10, when no rule before it objects.
        return current.flatMap(this::findExceeding).orElse(AuthDecision.allowed());
    }

    private Optional<AuthDecision> findMalformed() {
        int usersRule = numbers.powerLevelUsers();
        if (auth.rules().integerPowerLevels()) {
            // v10 rule 9.1
            for (var property : SINGLE_LEVELS) {
                if (next.has(property) && format.read(next.get(property)).isEmpty()) {
                    return rejection(1, property + " is not an integer");
                }
            }
            // v10 rule 9.2
            for (var property : List.of("events", "notifications")) {
                if (next.has(property) && !holdsLevels(next.get(property))) {
                    return rejection(2, property + " does not hold integers");
                }
            }
        }
        // v10 rule 9.3
        var users = next.path("users");
        if (!users.isMissingNode()
                && !(holdsLevels(users)
                        && users.propertyNames().stream().allMatch(Domains::isUserId))) {
            return rejection(usersRule, "users does not hold the levels of users");
        }
        // v12 rule 10.4: creators have power enough.
        for (var user : users.propertyNames()) {
            if (Creators.isPrivileged(auth.create(), user)) {
                return rejection(usersRule + 1, "users names a creator");
            }
        }
        return Optional.empty();
    }

    private Optional<AuthDecision> findExceeding(ObjectNode current) {
        // v10 rule 9.5; v12 has one more before it.
        int rule = numbers.powerLevelUsers() + (auth.rules().privilegedCreators() ? 3 : 2);
        long own = auth.senderLevel();
        for (var property : SINGLE_LEVELS) {
            var old = format.read(current.get(property));
            var changed = format.read(next.get(property));
            if (!old.equals(changed)) {
                // v10 rule 9.5.1
                if (exceeds(old, own)) {
                    return rejection(rule, 1, property);
                }
                // v10 rule 9.5.2
                if (exceeds(changed, own)) {
                    return rejection(rule, 2, property);
                }
            }
        }
        // v6 added notifications.
        var maps =
                auth.rules().notificationLevelsChecked()
                        ? List.of("events", "notifications")
                        : List.of("events");
        for (var property : maps) {
            for (var key : keys(current.path(property), next.path(property))) {
                var old = format.read(current.path(property).get(key));
                var changed = format.read(next.path(property).get(key));
                if (!old.equals(changed)) {
                    // v10 rule 9.6.1
                    if (exceeds(old, own)) {
                        return rejection(rule + 1, 1, property);
                    }
                    // v10 rule 9.7.1
                    if (exceeds(changed, own)) {
                        return rejection(rule + 2, 1, property);
                    }
                }
            }
        }
        return findExceedingUser(current, own, rule + 3);
    }

    private Optional<AuthDecision> findExceedingUser(ObjectNode current, long own, int rule) {
        for (var user : keys(current.path("users"), next.path("users"))) {
            var old = format.read(current.path("users").get(user));
            var changed = format.read(next.path("users").get(user));
            if (!old.equals(changed)) {
                // v10 rule 9.8.1: nobody takes power from their equals, but everybody from
                // themselves.
                if (!user.equals(auth.sender()) && old.isPresent() && old.getAsLong() >= own) {
                    return rejection(rule, 1, "users");
                }
                // v10 rule 9.9.1
                if (exceeds(changed, own)) {
                    return rejection(rule + 1, 1, "users");
                }
            }
        }
        return Optional.empty();
    }

    private static boolean exceeds(OptionalLong level, long own) {
        return level.isPresent() && level.getAsLong() > own;
    }

    private static Set<String> keys(JsonNode current, JsonNode next) {
        var keys = new LinkedHashSet<>(current.propertyNames());
        keys.addAll(next.propertyNames());
        return keys;
    }

    private boolean holdsLevels(JsonNode map) {
        return map.isObject()
                && map.properties().stream()
                        .allMatch(entry -> format.read(entry.getValue()).isPresent());
    }

    private Optional<AuthDecision> rejection(int rule, String reason) {
        return Optional.of(reject(numbers.powerLevels(rule), reason));
    }

    private Optional<AuthDecision> rejection(int rule, int sub, String property) {
        return Optional.of(
                reject(
                        numbers.powerLevelChange(rule, sub),
                        property + " would change beyond the sender's power"));
    }
}
