package dev.lares.client.versions;

import java.util.List;

/// The flags that clients test for in `unstable_features`, each with the operations that it
/// promises: it is only shown where all of them are there.
enum UnstableFeature {
    SLIDING_SYNC("org.matrix.simplified_msc3575", "slidingSyncUnstable"),
    PRIVATE_RECEIPTS("org.matrix.msc2285.stable", "postReceipt"),
    THREADED_RECEIPTS("org.matrix.msc3771", "postReceipt", "sync"),
    THREADED_NOTIFICATIONS("org.matrix.msc3773", "postReceipt", "sync"),
    INTENTIONAL_MENTIONS("org.matrix.msc3952_intentional_mentions", "getPushRules"),
    THREADS("org.matrix.msc3440.stable", "getRelatingEventsWithRelType", "getThreadRoots"),
    THREADS_LIST("org.matrix.msc3856.stable", "getThreadRoots"),
    RELATIONS_BOTH_WAYS("org.matrix.msc3715.stable", "getRelatingEvents"),
    RELATIONS_OF_RELATIONS("org.matrix.msc3981", "getRelatingEvents"),
    RELATED_REDACTIONS("org.matrix.msc3912", "redactEvent"),
    JUMP_TO_DATE("org.matrix.msc3030.stable", "getEventByTimestamp"),
    PUBLIC_ROOM_TYPES("org.matrix.msc3827.stable", "queryPublicRooms"),
    LOGIN_TOKENS("org.matrix.msc3882", "generateLoginToken"),
    PROFILE_FIELDS("uk.tcpip.msc4133.stable", "setProfileField", "deleteProfileField"),
    ACCOUNT_DATA_DELETION("org.matrix.msc3391", "deleteAccountData", "deleteAccountDataPerRoom"),
    ACCOUNT_MODERATION("uk.timedout.msc4323", "setAdminLockUser", "setAdminSuspendUser"),
    ACCOUNT_MODERATION_STABLE(
            "uk.timedout.msc4323.stable", "setAdminLockUser", "setAdminSuspendUser"),
    MUTUAL_ROOMS("uk.half-shot.msc2666", "getMutualRooms"),
    MUTUAL_ROOMS_QUERY("uk.half-shot.msc2666.query_mutual_rooms", "getMutualRooms"),
    MUTUAL_ROOMS_QUERY_STABLE("uk.half-shot.msc2666.query_mutual_rooms.stable", "getMutualRooms"),
    CROSS_SIGNING("org.matrix.e2e_cross_signing", "uploadCrossSigningKeys"),
    AUTHENTICATED_MEDIA("org.matrix.msc3916.stable", "getContentAuthed"),
    APPSERVICE_PING("fi.mau.msc2659.stable", "pingAppservice");

    private final String flag;
    private final List<String> operations;

    UnstableFeature(String flag, String... operations) {
        this.flag = flag;
        this.operations = List.of(operations);
    }

    String flag() {
        return flag;
    }

    List<String> operations() {
        return operations;
    }
}
