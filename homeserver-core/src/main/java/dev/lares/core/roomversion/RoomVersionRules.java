package dev.lares.core.roomversion;

import dev.lares.core.json.JsonRules;

/// What differs between room versions. Each is its predecessor plus what changed, so code asks for
/// a rule and never for a number.
///
/// @param eventIds where an event's ID comes from
/// @param stateResolution the algorithm that merges conflicting states
/// @param redaction which keys survive a redaction
/// @param json how strictly events are canonical JSON
/// @param keyValidityEnforced whether a signature made after its key's validity counts for nothing
///   (v5)
/// @param redactionAuthorisedBySender v1 and v2: redactions are authorised by power or by the
///   domain of the redacted event's ID; later, whether a redaction applies is decided when it is
///   shown
/// @param aliasesAuthorised v1 to v5: `m.room.aliases` has an auth rule of its own
/// @param notificationLevelsChecked v6: changes of `notifications` in power levels need power
/// @param knocking v7: `knock` as join rule and membership
/// @param restrictedJoins v8: `restricted` as join rule
/// @param knockRestrictedJoins v10: `knock_restricted` as join rule
/// @param integerPowerLevels v10: power levels are integers, strings are refused
/// @param creatorInContent v1 to v10: `m.room.create` names its `creator`
/// @param redactsInContent v11: a redaction names its target in `content`
/// @param roomIdFromCreateEvent v12: the room ID is the create event's ID with another sigil, and
///   the create event has neither `room_id` nor a place in `auth_events`
/// @param privilegedCreators v12: creators have infinite power and are named in no power levels
public record RoomVersionRules(
        EventIdFormat eventIds,
        StateResolution stateResolution,
        RedactionRules redaction,
        JsonRules json,
        boolean keyValidityEnforced,
        boolean redactionAuthorisedBySender,
        boolean aliasesAuthorised,
        boolean notificationLevelsChecked,
        boolean knocking,
        boolean restrictedJoins,
        boolean knockRestrictedJoins,
        boolean integerPowerLevels,
        boolean creatorInContent,
        boolean redactsInContent,
        boolean roomIdFromCreateEvent,
        boolean privilegedCreators) {

    static final RoomVersionRules V1 =
            new RoomVersionRules(
                    EventIdFormat.EXPLICIT,
                    StateResolution.V1,
                    RedactionRules.V1,
                    JsonRules.LAX,
                    false,
                    true,
                    true,
                    false,
                    false,
                    false,
                    false,
                    false,
                    true,
                    false,
                    false,
                    false);
    static final RoomVersionRules V2 = V1.edit().stateResolution(StateResolution.V2).done();
    static final RoomVersionRules V3 =
            V2.edit().eventIds(EventIdFormat.HASH).redactionAuthorisedBySender(false).done();
    static final RoomVersionRules V4 = V3.edit().eventIds(EventIdFormat.URL_SAFE_HASH).done();
    static final RoomVersionRules V5 = V4.edit().keyValidityEnforced(true).done();
    static final RoomVersionRules V6 =
            V5.edit()
                    .json(JsonRules.STRICT)
                    .aliasesAuthorised(false)
                    .notificationLevelsChecked(true)
                    .redaction(RedactionRules.V6)
                    .done();
    static final RoomVersionRules V7 = V6.edit().knocking(true).done();
    static final RoomVersionRules V8 =
            V7.edit().restrictedJoins(true).redaction(RedactionRules.V8).done();
    static final RoomVersionRules V9 = V8.edit().redaction(RedactionRules.V9).done();
    static final RoomVersionRules V10 =
            V9.edit().knockRestrictedJoins(true).integerPowerLevels(true).done();
    static final RoomVersionRules V11 =
            V10.edit()
                    .creatorInContent(false)
                    .redactsInContent(true)
                    .redaction(RedactionRules.V11)
                    .done();
    static final RoomVersionRules V12 =
            V11.edit()
                    .stateResolution(StateResolution.V2_1)
                    .roomIdFromCreateEvent(true)
                    .privilegedCreators(true)
                    .done();

    private RoomVersionRulesEditor edit() {
        return new RoomVersionRulesEditor(this);
    }

    /// Where an event's ID comes from.
    public enum EventIdFormat {
        /// v1, v2: the event names its own ID, and its edges carry hashes.
        EXPLICIT,
        /// v3: the reference hash in the standard base64 alphabet.
        HASH,
        /// v4: the reference hash in the URL-safe alphabet.
        URL_SAFE_HASH
    }

    /// The algorithm that merges conflicting states.
    public enum StateResolution {
        V1,
        V2,
        V2_1
    }

    /// Named after the version that brought the rules.
    public enum RedactionRules {
        V1,
        V6,
        V8,
        V9,
        V11
    }
}
