package dev.lares.core.uia;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lares.core.account.Account;
import dev.lares.core.account.RegistrationTokenService;
import dev.lares.core.account.SignInContext;
import dev.lares.core.account.UserIdentifier;
import dev.lares.core.error.AuthenticationChallenge;
import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.secret.TokenHash;
import dev.lares.core.testing.TestDatabase;
import dev.lares.core.testing.TestDatabaseExtension;
import dev.lares.core.web.Requester;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.node.ObjectNode;

@ExtendWith(TestDatabaseExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UiaTest {
    private SignInContext context;
    private UiaService uia;
    private Account alice;
    private Account bob;

    @BeforeAll
    void open(TestDatabase database) {
        context =
                new SignInContext(
                        database,
                        Map.of(
                                "lares.registration.terms.privacy.version", "1.2",
                                "lares.registration.terms.privacy.languages.en.name", "Privacy",
                                "lares.registration.terms.privacy.languages.en.url",
                                        "https://test.example/privacy"));
        uia = context.get(UiaService.class);
        alice = context.create("alice");
        bob = context.create("bob");
        context.get(RegistrationTokenService.class)
                .create("letmein", Optional.of(1), Optional.empty());
    }

    @AfterAll
    void close() {
        context.close();
    }

    @Test
    void asksWhoGivesNothing() {
        var body = challenge(deletion("A"), Optional.empty());
        assertThat(body.get("errcode")).isNull();
        assertThat(body.get("completed")).isNull();
        assertThat(body.get("flows").toString()).isEqualTo("[{\"stages\":[\"m.login.password\"]}]");
        assertThat(body.get("session").stringValue()).isNotEmpty();
    }

    @Test
    void letsTheRightPasswordThrough() {
        var session = session(deletion("A"));
        assertThat(uia.require(deletion("A"), password(session, "alice", "correct horse")))
                .isNotNull();
    }

    @Test
    void letsTheRightPasswordThroughWithoutASession() {
        var auth = auth("m.login.password", null, "alice", "correct horse", null);
        assertThat(uia.require(deletion("A"), Optional.of(auth))).isNotNull();
    }

    @Test
    void refusesAWrongPasswordAndGoesOn() {
        var session = session(deletion("A"));
        var body = challenge(deletion("A"), password(session, "alice", "wrong horse"));
        assertThat(body.get("errcode").stringValue()).isEqualTo("M_FORBIDDEN");
        assertThat(body.get("session").stringValue()).isEqualTo(session);
        uia.require(deletion("A"), password(session, "alice", "correct horse"));
    }

    @Test
    void refusesSomebodyElsesPassword() {
        var session = session(deletion("A"));
        var body = challenge(deletion("A"), password(session, "bob", "correct horse"));
        assertThat(body.get("errcode").stringValue()).isEqualTo("M_FORBIDDEN");
    }

    @Test
    void servesOnlyTheOperationThatItWasBegunFor() {
        var session = session(deletion("A"));
        assertOtherRequest(deletion("B"), session);
        assertOtherRequest(operation("other", requester(alice), "A"), session);
        var body = password(session, "bob", "correct horse");
        assertThatThrownBy(() -> uia.require(operation("delete", requester(bob), "A"), body))
                .isInstanceOf(MatrixException.class);
    }

    @Test
    void beginsAnewWhereTheSessionIsNotKnown() {
        var body = challenge(deletion("A"), password("made-up", "alice", "correct horse"));
        assertThat(body.get("errcode").stringValue()).isEqualTo("M_UNKNOWN");
        assertThat(body.get("session").stringValue()).isNotEqualTo("made-up");
    }

    @Test
    void beginsAnewWhereTheSessionHasExpired() {
        var session = session(deletion("A"));
        context.pass(UiaSessionService.LIFETIME);
        var body = challenge(deletion("A"), password(session, "alice", "correct horse"));
        assertThat(body.get("session").stringValue()).isNotEqualTo(session);
    }

    @Test
    void refusesAStageThatNoFlowHas() {
        var session = session(deletion("A"));
        var auth = auth("m.login.dummy", session, null, null, null);
        var body = challenge(deletion("A"), Optional.of(auth));
        assertThat(body.get("errcode").stringValue()).isEqualTo("M_UNRECOGNIZED");
    }

    @Test
    void remembersTheStagesPassed() {
        var first = challenge(registration(), Optional.empty());
        assertThat(first.at("/params/m.login.terms/policies/privacy/en/url").stringValue())
                .isEqualTo("https://test.example/privacy");
        var session = first.get("session").stringValue();
        var token = auth("m.login.registration_token", session, null, null, "letmein");
        var second = challenge(registration(), Optional.of(token));
        assertThat(second.get("completed").toString())
                .isEqualTo("[\"m.login.registration_token\"]");
        assertThat(second.get("errcode")).isNull();
        // A stage that was passed cannot be tried again, not even wrongly.
        var again = auth("m.login.registration_token", session, null, null, "wrong");
        assertThat(challenge(registration(), Optional.of(again)).get("errcode")).isNull();

        var terms = auth("m.login.terms", session, null, null, null);
        var pass = uia.require(registration(), Optional.of(terms));
        assertThat(pass.registrationToken()).contains(TokenHash.of("letmein"));
        uia.finish(pass);
        var only = auth(null, session, null, null, null);
        assertThat(challenge(registration(), Optional.of(only)).get("completed")).isNull();
    }

    @Test
    void refusesAnUnknownRegistrationToken() {
        var session = session(registration());
        var token = auth("m.login.registration_token", session, null, null, "guess");
        assertThat(challenge(registration(), Optional.of(token)).get("errcode").stringValue())
                .isEqualTo("M_UNAUTHORIZED");
    }

    @Test
    void takesAStageThatWasPassedElsewhere() {
        var session = session(deletion("A"));
        var wrong = auth(null, null, null, "wrong horse", null);
        assertThat(uia.completeElsewhere(session, UiaStage.PASSWORD, wrong)).isPresent();
        var right = auth(null, null, null, "correct horse", null);
        assertThat(uia.completeElsewhere(session, UiaStage.PASSWORD, right)).isEmpty();
        var only = auth(null, session, null, null, null);
        uia.finish(uia.require(deletion("A"), Optional.of(only)));
        challenge(deletion("A"), Optional.of(only));
    }

    @Test
    void needsNoRowBeforeAStageIsPassed() {
        int before = rows();
        session(deletion("A"));
        assertThat(rows()).isEqualTo(before);
    }

    @Test
    void sweepsWhatHasExpired() {
        passToken();
        context.pass(UiaSessionService.LIFETIME.plus(Duration.ofSeconds(1)));
        passToken();
        assertThat(rows()).isEqualTo(1);
    }

    private void passToken() {
        var token =
                auth("m.login.registration_token", session(registration()), null, null, "letmein");
        challenge(registration(), Optional.of(token));
    }

    private int rows() {
        return context.jdbc().sql("SELECT count(*) FROM uia_session").query(Integer.class).single();
    }

    private void assertOtherRequest(UiaOperation operation, String session) {
        assertThatThrownBy(
                        () -> uia.require(operation, password(session, "alice", "correct horse")))
                .isInstanceOfSatisfying(
                        MatrixException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.M_FORBIDDEN));
    }

    private String session(UiaOperation operation) {
        return challenge(operation, Optional.empty()).get("session").stringValue();
    }

    private ObjectNode challenge(UiaOperation operation, Optional<AuthData> auth) {
        return catchThrowableOfType(
                        AuthenticationChallenge.class, () -> uia.require(operation, auth))
                .body();
    }

    private UiaOperation deletion(String deviceId) {
        return operation("delete", requester(alice), deviceId);
    }

    private static UiaOperation operation(String name, Requester requester, String parameter) {
        return new UiaOperation(
                name,
                Optional.of(requester),
                List.of(UiaFlow.of(UiaStage.PASSWORD)),
                List.of(Optional.of(parameter)));
    }

    private static UiaOperation registration() {
        return new UiaOperation(
                "register",
                Optional.empty(),
                List.of(UiaFlow.of(UiaStage.REGISTRATION_TOKEN, UiaStage.TERMS)),
                List.of());
    }

    private static Requester requester(Account account) {
        return new Requester(
                account.userId(),
                account.userNid(),
                account.userId().serverName(),
                Optional.empty(),
                1,
                false,
                false,
                false);
    }

    private static Optional<AuthData> password(String session, String user, String password) {
        return Optional.of(auth("m.login.password", session, user, password, null));
    }

    private static AuthData auth(
            @Nullable String type,
            @Nullable String session,
            @Nullable String user,
            @Nullable String password,
            @Nullable String token) {
        return new AuthData(
                Optional.ofNullable(type),
                Optional.ofNullable(session),
                UserIdentifier.legacy(
                        Optional.ofNullable(user), Optional.empty(), Optional.empty()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.ofNullable(password),
                Optional.ofNullable(token));
    }
}
