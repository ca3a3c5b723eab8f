package dev.lares.client.pushrules;

import static dev.lares.core.web.SpecEndpoint.Access.ACCESS_TOKEN;

import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.push.PushRule;
import dev.lares.core.push.PushRuleKind;
import dev.lares.core.push.PushRuleset;
import dev.lares.core.web.Requester;
import dev.lares.core.web.SpecEndpoint;
import java.util.Arrays;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// [Push rules](https://spec.matrix.org/v1.19/client-server-api/#push-rules-api). Each user sees
/// their own.
@RestController
class PushRulesController {
    /// `GET /_matrix/client/v3/pushrules/`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3pushrules))
    @SpecEndpoint(operationId = "getPushRules", auth = ACCESS_TOKEN, rateLimited = false)
    @GetMapping({"/_matrix/client/v3/pushrules/", "/_matrix/client/r0/pushrules/"})
    RulesResponse getPushRules(Requester requester) {
        return new RulesResponse(PushRuleset.defaults(requester.userId()).json());
    }

    /// `GET /_matrix/client/v3/pushrules/global/`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3pushrulesglobal))
    @SpecEndpoint(operationId = "getPushRulesGlobal", auth = ACCESS_TOKEN, rateLimited = false)
    @GetMapping({"/_matrix/client/v3/pushrules/global/", "/_matrix/client/r0/pushrules/global/"})
    ObjectNode getPushRulesGlobal(Requester requester) {
        return PushRuleset.defaults(requester.userId()).json();
    }

    /// `GET /_matrix/client/v3/pushrules/global/{kind}/{ruleId}`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3pushrulesglobalkindruleid))
    @SpecEndpoint(operationId = "getPushRule", auth = ACCESS_TOKEN, rateLimited = false)
    @GetMapping({
        "/_matrix/client/v3/pushrules/global/{kind}/{ruleId}",
        "/_matrix/client/r0/pushrules/global/{kind}/{ruleId}"
    })
    ObjectNode getPushRule(
            Requester requester, @PathVariable String kind, @PathVariable String ruleId) {
        return find(requester, kind, ruleId).json().deepCopy();
    }

    /// `GET /_matrix/client/v3/pushrules/global/{kind}/{ruleId}/enabled`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3pushrulesglobalkindruleidenabled))
    @SpecEndpoint(operationId = "isPushRuleEnabled", auth = ACCESS_TOKEN, rateLimited = false)
    @GetMapping({
        "/_matrix/client/v3/pushrules/global/{kind}/{ruleId}/enabled",
        "/_matrix/client/r0/pushrules/global/{kind}/{ruleId}/enabled"
    })
    EnabledResponse isPushRuleEnabled(
            Requester requester, @PathVariable String kind, @PathVariable String ruleId) {
        return new EnabledResponse(
                find(requester, kind, ruleId).json().path("enabled").asBoolean(true));
    }

    /// `GET /_matrix/client/v3/pushrules/global/{kind}/{ruleId}/actions`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3pushrulesglobalkindruleidactions))
    @SpecEndpoint(operationId = "getPushRuleActions", auth = ACCESS_TOKEN, rateLimited = false)
    @GetMapping({
        "/_matrix/client/v3/pushrules/global/{kind}/{ruleId}/actions",
        "/_matrix/client/r0/pushrules/global/{kind}/{ruleId}/actions"
    })
    ActionsResponse getPushRuleActions(
            Requester requester, @PathVariable String kind, @PathVariable String ruleId) {
        return new ActionsResponse(find(requester, kind, ruleId).actions().json());
    }

    private static PushRule find(Requester requester, String kind, String ruleId) {
        var known =
                Arrays.stream(PushRuleKind.values())
                        .filter(one -> one.id().equals(kind))
                        .findFirst()
                        .orElseThrow(() ->
                                new MatrixException(
                                        ErrorCode.M_INVALID_PARAM,
                                        "There is no such kind of push rules"));
        return PushRuleset.defaults(requester.userId())
                .find(known, ruleId)
                .orElseThrow(() -> new MatrixException(ErrorCode.M_NOT_FOUND, "No such push rule"));
    }

    record RulesResponse(ObjectNode global) {}

    record EnabledResponse(boolean enabled) {}

    record ActionsResponse(ArrayNode actions) {}
}
