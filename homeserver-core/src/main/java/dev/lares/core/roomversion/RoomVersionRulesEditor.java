package dev.lares.core.roomversion;

import dev.lares.core.json.JsonRules;
import dev.lares.core.roomversion.RoomVersionRules.EventIdFormat;
import dev.lares.core.roomversion.RoomVersionRules.RedactionRules;
import dev.lares.core.roomversion.RoomVersionRules.StateResolution;

/// Copies the rules of one version and changes what the next one changed.
final class RoomVersionRulesEditor {
    private EventIdFormat eventIds;
    private StateResolution stateResolution;
    private RedactionRules redaction;
    private JsonRules json;
    private boolean keyValidityEnforced;
    private boolean redactionAuthorisedBySender;
    private boolean aliasesAuthorised;
    private boolean notificationLevelsChecked;
    private boolean knocking;
    private boolean restrictedJoins;
    private boolean knockRestrictedJoins;
    private boolean integerPowerLevels;
    private boolean creatorInContent;
    private boolean redactsInContent;
    private boolean roomIdFromCreateEvent;
    private boolean privilegedCreators;

    RoomVersionRulesEditor(RoomVersionRules from) {
        eventIds = from.eventIds();
        stateResolution = from.stateResolution();
        redaction = from.redaction();
        json = from.json();
        keyValidityEnforced = from.keyValidityEnforced();
        redactionAuthorisedBySender = from.redactionAuthorisedBySender();
        aliasesAuthorised = from.aliasesAuthorised();
        notificationLevelsChecked = from.notificationLevelsChecked();
        knocking = from.knocking();
        restrictedJoins = from.restrictedJoins();
        knockRestrictedJoins = from.knockRestrictedJoins();
        integerPowerLevels = from.integerPowerLevels();
        creatorInContent = from.creatorInContent();
        redactsInContent = from.redactsInContent();
        roomIdFromCreateEvent = from.roomIdFromCreateEvent();
        privilegedCreators = from.privilegedCreators();
    }

    RoomVersionRulesEditor eventIds(EventIdFormat value) {
        eventIds = value;
        return this;
    }

    RoomVersionRulesEditor stateResolution(StateResolution value) {
        stateResolution = value;
        return this;
    }

    RoomVersionRulesEditor redaction(RedactionRules value) {
        redaction = value;
        return this;
    }

    RoomVersionRulesEditor json(JsonRules value) {
        json = value;
        return this;
    }

    RoomVersionRulesEditor keyValidityEnforced(boolean value) {
        keyValidityEnforced = value;
        return this;
    }

    RoomVersionRulesEditor redactionAuthorisedBySender(boolean value) {
        redactionAuthorisedBySender = value;
        return this;
    }

    RoomVersionRulesEditor aliasesAuthorised(boolean value) {
        aliasesAuthorised = value;
        return this;
    }

    RoomVersionRulesEditor notificationLevelsChecked(boolean value) {
        notificationLevelsChecked = value;
        return this;
    }

    RoomVersionRulesEditor knocking(boolean value) {
        knocking = value;
        return this;
    }

    RoomVersionRulesEditor restrictedJoins(boolean value) {
        restrictedJoins = value;
        return this;
    }

    RoomVersionRulesEditor knockRestrictedJoins(boolean value) {
        knockRestrictedJoins = value;
        return this;
    }

    RoomVersionRulesEditor integerPowerLevels(boolean value) {
        integerPowerLevels = value;
        return this;
    }

    RoomVersionRulesEditor creatorInContent(boolean value) {
        creatorInContent = value;
        return this;
    }

    RoomVersionRulesEditor redactsInContent(boolean value) {
        redactsInContent = value;
        return this;
    }

    RoomVersionRulesEditor roomIdFromCreateEvent(boolean value) {
        roomIdFromCreateEvent = value;
        return this;
    }

    RoomVersionRulesEditor privilegedCreators(boolean value) {
        privilegedCreators = value;
        return this;
    }

    RoomVersionRules done() {
        return new RoomVersionRules(
                eventIds,
                stateResolution,
                redaction,
                json,
                keyValidityEnforced,
                redactionAuthorisedBySender,
                aliasesAuthorised,
                notificationLevelsChecked,
                knocking,
                restrictedJoins,
                knockRestrictedJoins,
                integerPowerLevels,
                creatorInContent,
                redactsInContent,
                roomIdFromCreateEvent,
                privilegedCreators);
    }
}
