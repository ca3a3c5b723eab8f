package dev.lares.client.pushrules;

import static dev.lares.core.testing.MatrixAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lares.core.testing.HomeserverTest;
import dev.lares.core.testing.TestHomeserver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@HomeserverTest
class PushRulesTest {
    private static final String RULES = "/_matrix/client/v3/pushrules/";
    private static final String RULE = RULES + "global/{kind}/{ruleId}";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "global/",
                "global/override/.m.rule.master",
                "global/override/.m.rule.master/enabled",
                "global/override/.m.rule.master/actions"
            })
    void areRefusedWithoutAToken(String path, TestHomeserver server) {
        assertThat(server.get(RULES + path)).hasStatus(401).hasErrcode("M_MISSING_TOKEN");
        var unknown = server.get("/_matrix/client/r0/pushrules/" + path + "?access_token=x");
        assertThat(unknown).hasStatus(401);
    }

    @Test
    void areThePredefinedOnes(TestHomeserver server) {
        var alice = server.register("alice");
        var rules = alice.get(RULES);
        assertThat(rules)
                .isOk()
                .hasJson("/global/override/0/rule_id", "\".m.rule.master\"")
                .hasJson("/global/override/0/enabled", "false")
                .hasJson("/global/override/0/actions", "[]")
                .hasJson("/global/room", "[]")
                .hasJson("/global/sender", "[]");
        assertThat(alice.get(RULES + "global/")).isOk().hasJson(rules.json("/global").toString());
        assertThat(alice.get("/_matrix/client/r0/pushrules/")).isOk();
        assertThat(rules.text()).contains(alice.id());
    }

    @Test
    void areToldLikeOtherAccountData(TestHomeserver server) {
        var alice = server.register("alice");
        var rules = alice.get(RULES);
        var path = "/_matrix/client/v3/user/{u}/account_data/m.push_rules";
        assertThat(alice.get(path, alice.id())).isOk().hasJson(rules.text());
        assertThat(alice.put(path, alice.id(), "{}")).hasStatus(405).hasErrcode("M_BAD_JSON");
        assertThat(alice.get(RULES)).hasJson(rules.text());
    }

    @Test
    void areFoundOneByOne(TestHomeserver server) {
        var alice = server.register("alice");
        assertThat(alice.get(RULE, "underride", ".m.rule.message"))
                .isOk()
                .hasJson("/rule_id", "\".m.rule.message\"")
                .hasJson("/default", "true");
        assertThat(alice.get(RULE + "/enabled", "underride", ".m.rule.message"))
                .isOk()
                .hasJson("{\"enabled\":true}");
        assertThat(alice.get(RULE + "/enabled", "override", ".m.rule.master"))
                .isOk()
                .hasJson("{\"enabled\":false}");
        assertThat(alice.get(RULE + "/actions", "override", ".m.rule.master"))
                .isOk()
                .hasJson("{\"actions\":[]}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/enabled", "/actions"})
    void areNotFoundWhereThereIsNone(String suffix, TestHomeserver server) {
        var alice = server.register("alice");
        assertThat(alice.get(RULE + suffix, "override", "nonsense"))
                .hasStatus(404)
                .hasErrcode("M_NOT_FOUND");
        // Of another kind.
        assertThat(alice.get(RULE + suffix, "room", ".m.rule.master"))
                .hasStatus(404)
                .hasErrcode("M_NOT_FOUND");
        assertThat(alice.get(RULE + suffix, "nonsense", ".m.rule.master"))
                .hasStatus(400)
                .hasErrcode("M_INVALID_PARAM");
    }
}
