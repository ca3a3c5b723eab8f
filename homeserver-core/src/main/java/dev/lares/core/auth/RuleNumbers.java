package dev.lares.core.auth;

import dev.lares.core.roomversion.RoomVersion;

/// How a room version numbers its rules, for decisions and logs. Version 6 dropped the rule for
/// aliases, 7 added one for knocks, 8 one for the authoriser of joins, 10 two for the format of
/// power levels, and 12 one for the room ID; each moved those behind it.
final class RuleNumbers {
    private final String version;
    private final int authEvents;
    private final int member;
    private final int join;
    private final int powerLevelUsers;

    private RuleNumbers(RoomVersion roomVersion) {
        var rules = roomVersion.rules();
        version = "v" + roomVersion.id() + " ";
        authEvents = rules.roomIdFromCreateEvent() ? 3 : 2;
        member = authEvents + (rules.aliasesAuthorised() ? 3 : 2);
        join = rules.restrictedJoins() ? 3 : 2;
        powerLevelUsers = rules.integerPowerLevels() ? 3 : 1;
    }

    static RuleNumbers of(RoomVersion roomVersion) {
        return new RuleNumbers(roomVersion);
    }

    String create(int sub) {
        return version + "1." + sub;
    }

    /// v12 only.
    String roomId() {
        return version + "2";
    }

    String authEvents(int sub) {
        return version + authEvents + '.' + sub;
    }

    String federate() {
        return version + (authEvents + 1);
    }

    /// Before v6 only.
    String aliases(int sub) {
        return version + (authEvents + 2) + '.' + sub;
    }

    String member(int sub) {
        return version + member + '.' + sub;
    }

    /// v8 and later only.
    String authoriser() {
        return version + member + ".2.1";
    }

    String join(int sub) {
        return version + member + '.' + join + '.' + sub;
    }

    /// v8 and later only.
    String restrictedJoin(int sub) {
        return version + member + '.' + join + ".5." + sub;
    }

    String invite(int sub) {
        return version + member + '.' + (join + 1) + '.' + sub;
    }

    String thirdPartyInvite(int sub) {
        return version + member + '.' + (join + 1) + ".1." + sub;
    }

    String leave(int sub) {
        return version + member + '.' + (join + 2) + '.' + sub;
    }

    String ban(int sub) {
        return version + member + '.' + (join + 3) + '.' + sub;
    }

    /// v7 and later only.
    String knock(int sub) {
        return version + member + '.' + (join + 4) + '.' + sub;
    }

    String senderJoined() {
        return version + (member + 1);
    }

    String thirdPartyInviteLevel() {
        return version + (member + 2) + ".1";
    }

    String requiredLevel() {
        return version + (member + 3);
    }

    String userStateKey() {
        return version + (member + 4);
    }

    String powerLevels(int sub) {
        return version + (member + 5) + '.' + sub;
    }

    /// The rules of power levels behind the one on the format of `users`.
    String powerLevelChange(int rule, int sub) {
        return version + (member + 5) + '.' + rule + '.' + sub;
    }

    int powerLevelUsers() {
        return powerLevelUsers;
    }

    /// v1 and v2 only.
    String redaction(int sub) {
        return version + (member + 6) + '.' + sub;
    }
}
