package dev.lares.client.administration;

import static dev.lares.core.web.SpecEndpoint.Access.ADMIN;

import dev.lares.core.account.AccountFlag;
import dev.lares.core.account.AccountFlag.Setting;
import dev.lares.core.id.UserId;
import dev.lares.core.web.Requester;
import dev.lares.core.web.SpecEndpoint;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// [Server administration](https://spec.matrix.org/v1.19/client-server-api/#server-administration):
/// [locking](https://spec.matrix.org/v1.19/client-server-api/#account-locking) and
/// [suspending](https://spec.matrix.org/v1.19/client-server-api/#account-suspension), for server
/// administrators. Each is also there on the path of MSC4323.
@RestController
class AccountModerationController {
    private static final String LOCK = "/_matrix/client/v1/admin/lock/{userId}";
    private static final String SUSPEND = "/_matrix/client/v1/admin/suspend/{userId}";
    private static final String UNSTABLE_LOCK =
            "/_matrix/client/unstable/uk.timedout.msc4323/admin/lock/{userId}";
    private static final String UNSTABLE_SUSPEND =
            "/_matrix/client/unstable/uk.timedout.msc4323/admin/suspend/{userId}";

    private final AccountModerationService moderation;

    AccountModerationController(AccountModerationService moderation) {
        this.moderation = moderation;
    }

    /// `GET /_matrix/client/v1/admin/lock/{userId}`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv1adminlockuserid))
    @SpecEndpoint(operationId = "getAdminLockUser", auth = ADMIN, rateLimited = false)
    @GetMapping(LOCK)
    LockState getAdminLockUser(@PathVariable UserId userId) {
        return new LockState(moderation.get(userId).locked());
    }

    /// `PUT /_matrix/client/v1/admin/lock/{userId}`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#put_matrixclientv1adminlockuserid))
    @SpecEndpoint(operationId = "setAdminLockUser", auth = ADMIN, rateLimited = false)
    @PutMapping(LOCK)
    LockState setAdminLockUser(
            Requester requester, @PathVariable UserId userId, @Valid @RequestBody LockState state) {
        moderation.set(requester, userId, AccountFlag.LOCKED, setting(state.locked()));
        return state;
    }

    /// `GET /_matrix/client/v1/admin/suspend/{userId}`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv1adminsuspenduserid))
    @SpecEndpoint(operationId = "getAdminSuspendUser", auth = ADMIN, rateLimited = false)
    @GetMapping(SUSPEND)
    SuspensionState getAdminSuspendUser(@PathVariable UserId userId) {
        return new SuspensionState(moderation.get(userId).suspended());
    }

    /// `PUT /_matrix/client/v1/admin/suspend/{userId}`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#put_matrixclientv1adminsuspenduserid))
    @SpecEndpoint(operationId = "setAdminSuspendUser", auth = ADMIN, rateLimited = false)
    @PutMapping(SUSPEND)
    SuspensionState setAdminSuspendUser(
            Requester requester,
            @PathVariable UserId userId,
            @Valid @RequestBody SuspensionState state) {
        moderation.set(requester, userId, AccountFlag.SUSPENDED, setting(state.suspended()));
        return state;
    }

    /// `GET /_matrix/client/unstable/uk.timedout.msc4323/admin/lock/{userId}`
    @SpecEndpoint(
            operationId = "getAdminLockUser",
            auth = ADMIN,
            rateLimited = false,
            msc = "MSC4323")
    @GetMapping(UNSTABLE_LOCK)
    LockState getAdminLockUserUnstable(@PathVariable UserId userId) {
        return getAdminLockUser(userId);
    }

    /// `PUT /_matrix/client/unstable/uk.timedout.msc4323/admin/lock/{userId}`
    @SpecEndpoint(
            operationId = "setAdminLockUser",
            auth = ADMIN,
            rateLimited = false,
            msc = "MSC4323")
    @PutMapping(UNSTABLE_LOCK)
    LockState setAdminLockUserUnstable(
            Requester requester, @PathVariable UserId userId, @Valid @RequestBody LockState state) {
        return setAdminLockUser(requester, userId, state);
    }

    /// `GET /_matrix/client/unstable/uk.timedout.msc4323/admin/suspend/{userId}`
    @SpecEndpoint(
            operationId = "getAdminSuspendUser",
            auth = ADMIN,
            rateLimited = false,
            msc = "MSC4323")
    @GetMapping(UNSTABLE_SUSPEND)
    SuspensionState getAdminSuspendUserUnstable(@PathVariable UserId userId) {
        return getAdminSuspendUser(userId);
    }

    /// `PUT /_matrix/client/unstable/uk.timedout.msc4323/admin/suspend/{userId}`
    @SpecEndpoint(
            operationId = "setAdminSuspendUser",
            auth = ADMIN,
            rateLimited = false,
            msc = "MSC4323")
    @PutMapping(UNSTABLE_SUSPEND)
    SuspensionState setAdminSuspendUserUnstable(
            Requester requester,
            @PathVariable UserId userId,
            @Valid @RequestBody SuspensionState state) {
        return setAdminSuspendUser(requester, userId, state);
    }

    record LockState(@NotNull Boolean locked) {}

    record SuspensionState(@NotNull Boolean suspended) {}

    private static Setting setting(Boolean wanted) {
        return wanted ? Setting.ON : Setting.OFF;
    }
}
