package dev.lares.core.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.secret.TokenHash;
import dev.lares.core.testing.TestDatabase;
import dev.lares.core.testing.TestDatabaseExtension;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.security.crypto.bcrypt.BCrypt;

@ExtendWith(TestDatabaseExtension.class)
class AccountTest {
    private SignInContext context;
    private AccountService accounts;
    private PasswordService passwords;

    @BeforeEach
    void open(TestDatabase database) {
        context = new SignInContext(database, Map.of("lares.password.bcrypt-pepper", "pepper"));
        accounts = context.get(AccountService.class);
        passwords = context.get(PasswordService.class);
    }

    @AfterEach
    void close() {
        context.close();
    }

    @Test
    void isMadeOnce() {
        context.create("alice");
        assertRefused(ErrorCode.M_USER_IN_USE, () -> context.create("alice"));
    }

    @Test
    void isMadeOnceWhenManyTryAtOnce() throws Exception {
        List<Callable<Account>> attempts =
                IntStream.range(0, 8)
                        .<Callable<Account>>mapToObj(i -> () -> context.create("contended"))
                        .toList();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var made =
                    executor.invokeAll(attempts).stream()
                            .filter(attempt -> attempt.state() == Future.State.SUCCESS)
                            .count();
            assertThat(made).isEqualTo(1);
        }
    }

    @Test
    void matchesItsPasswordOnly() {
        var account = Optional.of(context.create("bob"));
        assertThat(passwords.matches(account, "correct horse")).isTrue();
        assertThat(passwords.matches(account, "correct horsf")).isFalse();
        assertThat(passwords.matches(account, "")).isFalse();
        assertThat(passwords.matches(Optional.empty(), "correct horse")).isFalse();
    }

    @Test
    void matchesAPasswordThatIsComposedInAnotherWay() {
        var account = context.create("carol");
        accounts.setPassword(account, "Zu\u0308rich123", new AccountService.OtherDevices.Keep());
        var changed = accounts.find(account.userNid());
        assertThat(passwords.matches(changed, "Z\u00fcrich123")).isTrue();
    }

    @Test
    void takesAnImportedPasswordAndHashesItAnew() {
        var account = context.create("dave");
        var imported = BCrypt.hashpw("correct horse" + "pepper", BCrypt.gensalt(4));
        context.jdbc()
                .sql("UPDATE account SET password_hash = ? WHERE user_nid = ?")
                .params(imported, account.userNid())
                .update();
        assertThat(passwords.matches(accounts.find(account.userNid()), "wrong")).isFalse();
        assertThat(passwords.matches(accounts.find(account.userNid()), "correct horse")).isTrue();
        var hash = accounts.find(account.userNid()).orElseThrow().passwordHash().orElseThrow();
        assertThat(hash.encoded()).startsWith("$argon2id$");
        assertThat(passwords.matches(accounts.find(account.userNid()), "correct horse")).isTrue();
    }

    @Test
    void refusesAWeakPassword() {
        var account = context.create("erin");
        assertRefused(
                ErrorCode.M_WEAK_PASSWORD,
                () ->
                        accounts.setPassword(
                                account, "1234567", new AccountService.OtherDevices.Keep()));
        assertRefused(
                ErrorCode.M_INVALID_PARAM,
                () ->
                        accounts.setPassword(
                                account, "x".repeat(513), new AccountService.OtherDevices.Keep()));
        assertThat(passwords.matches(accounts.find(account.userNid()), "correct horse")).isTrue();
    }

    @Test
    void keepsItsNameWhenDeactivated() {
        var account = context.create("frank");
        accounts.deactivate(account);
        accounts.deactivate(account);
        var dead = accounts.find(account.userNid()).orElseThrow();
        assertThat(dead.deactivated()).isTrue();
        assertThat(dead.passwordHash()).isEmpty();
        assertRefused(ErrorCode.M_USER_IN_USE, () -> context.create("frank"));
        assertRefused(
                ErrorCode.M_USER_DEACTIVATED,
                () -> accounts.set(dead, AccountFlag.ADMIN, AccountFlag.Setting.ON));
    }

    @Test
    void isPromotedAndDemoted() {
        var account = context.create("grace");
        assertThat(accounts.adminExists()).isFalse();
        accounts.set(account, AccountFlag.ADMIN, AccountFlag.Setting.ON);
        assertThat(accounts.get(account.userId()).admin()).isTrue();
        assertThat(accounts.adminExists()).isTrue();
        accounts.set(account, AccountFlag.ADMIN, AccountFlag.Setting.OFF);
        assertThat(accounts.get(account.userId()).admin()).isFalse();
    }

    @Test
    void usesARegistrationTokenUpTogetherWithTheName() {
        var tokens = context.get(RegistrationTokenService.class);
        tokens.create("once", Optional.of(1), Optional.empty());
        var admission = new Admission.RegistrationToken(TokenHash.of("once"));
        context.create("taken");
        assertRefused(ErrorCode.M_USER_IN_USE, () -> create("taken", admission));
        assertThat(tokens.valid("once")).isTrue();
        create("heidi", admission);
        assertThat(tokens.valid("once")).isFalse();
        assertRefused(ErrorCode.M_FORBIDDEN, () -> create("ivan", admission));
        assertThat(accounts.find(SignInContext.userId("ivan"))).isEmpty();
    }

    @Test
    void doesNotTakeAnExpiredRegistrationToken() {
        var tokens = context.get(RegistrationTokenService.class);
        var now = Instant.parse("2026-11-24T08:00:00Z");
        tokens.create("soon", Optional.empty(), Optional.of(now.plusSeconds(10)));
        assertThat(tokens.valid("soon")).isTrue();
        context.pass(Duration.ofSeconds(10));
        assertThat(tokens.valid("soon")).isFalse();
        assertThat(tokens.valid("never made")).isFalse();
    }

    @Test
    void listsAndDeletesRegistrationTokens() {
        var tokens = context.get(RegistrationTokenService.class);
        var made = tokens.create(Optional.of(2), Optional.of(Duration.ofDays(7)));
        assertThat(made).matches("[a-z2-9]{20}");
        context.pass(Duration.ofSeconds(1));
        tokens.create("chosen-by-hand", Optional.empty(), Optional.empty());
        create("tokenuser", new Admission.RegistrationToken(TokenHash.of(made)));
        assertThat(tokens.list())
                .extracting(RegistrationToken::hint, RegistrationToken::completed)
                .containsSubsequence(tuple("cho", 0), tuple(made.substring(0, 3), 1));
        var row = listed(made);
        assertThat(row.usesAllowed()).contains(2);
        assertThat(row.expiresAt()).contains(row.createdAt().plus(Duration.ofDays(7)));
        assertThat(row.usable()).isTrue();
        context.pass(Duration.ofDays(7));
        assertThat(listed(made).usable()).isFalse();
        tokens.delete(row.id());
        tokens.delete("chosen-by-hand");
        assertRefused(ErrorCode.M_NOT_FOUND, () -> tokens.delete(row.id()));
        assertRefused(ErrorCode.M_NOT_FOUND, () -> tokens.delete("chosen-by-hand"));
        assertThat(accounts.find(SignInContext.userId("tokenuser"))).isPresent();
        assertRefused(
                ErrorCode.M_INVALID_PARAM,
                () -> tokens.create("never", Optional.of(0), Optional.empty()));
    }

    private RegistrationToken listed(String token) {
        return context.get(RegistrationTokenService.class).list().stream()
                .filter(row -> TokenHash.of(token).hex().startsWith(row.id()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void isMadeOnceWithASetupLink() {
        var links = context.get(SetupLinkService.class);
        var first = links.create().orElseThrow();
        var second = links.create().orElseThrow();
        var admission = links.check(token(first)).orElseThrow();
        assertThat(links.check("lst_guessed")).isEmpty();
        create("judy", admission);
        assertRefused(ErrorCode.M_FORBIDDEN, () -> create("karl", admission));
        assertThat(links.check(token(second))).isEmpty();
    }

    @Test
    void isNotMadeWithAnExpiredSetupLink() {
        var links = context.get(SetupLinkService.class);
        var link = links.create().orElseThrow();
        context.pass(SetupLinkService.LIFETIME);
        assertThat(links.check(token(link))).isEmpty();
    }

    @Test
    void leavesNoExpiredSetupLinksBehind() {
        var links = context.get(SetupLinkService.class);
        links.create().orElseThrow();
        context.pass(SetupLinkService.LIFETIME);
        links.create().orElseThrow();
        assertThat(
                        context.jdbc()
                                .sql("SELECT count(*) FROM setup_link")
                                .query(Integer.class)
                                .single())
                .isOne();
    }

    @Test
    void needsNoSetupLinkOnceThereIsAnAdministrator() {
        var links = context.get(SetupLinkService.class);
        var link = links.create().orElseThrow();
        var account = context.create("laura");
        accounts.set(account, AccountFlag.ADMIN, AccountFlag.Setting.ON);
        assertThat(links.create()).isEmpty();
        assertThat(links.check(token(link))).isEmpty();
        accounts.set(account, AccountFlag.ADMIN, AccountFlag.Setting.OFF);
    }

    private void create(String localpart, Admission admission) {
        accounts.create(
                new NewAccount(
                        SignInContext.userId(localpart),
                        Optional.of("correct horse"),
                        NewAccount.Kind.USER),
                admission);
    }

    private static String token(String link) {
        return link.substring(link.indexOf('=') + 1);
    }

    private static void assertRefused(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        MatrixException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(code));
    }
}
