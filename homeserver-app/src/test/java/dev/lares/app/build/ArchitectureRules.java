package dev.lares.app.build;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethodWhere;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;

/// What the structure of the code must be. [ArchitectureTest] applies each rule to the product, and
/// to a sample that breaks it.
final class ArchitectureRules {
    private static final List<String> FEATURE_MODULES =
            List.of("client", "federation", "media", "admin", "identity");

    private ArchitectureRules() {}

    static ArchRule modulesPointTowardsCore() {
        var rules =
                CompositeArchRule.of(
                        noClasses()
                                .that(resideInAPackage("dev.lares.core.."))
                                .should()
                                .dependOnClassesThat(
                                        resideInAPackage("dev.lares..")
                                                .and(not(resideInAPackage("dev.lares.core.."))))
                                .allowEmptyShould(true));
        for (var module : FEATURE_MODULES) {
            var own = "dev.lares." + module + "..";
            rules =
                    rules.and(
                            noClasses()
                                    .that(resideInAPackage(own))
                                    .should()
                                    .dependOnClassesThat(
                                            resideInAPackage("dev.lares..")
                                                    .and(not(resideInAPackage(own)))
                                                    .and(not(resideInAPackage("dev.lares.core.."))))
                                    .allowEmptyShould(true));
        }
        return rules.because("what two feature modules need lives in core, and app only wires");
    }

    static ArchRule packagesFormNoCycles() {
        return slices().matching("dev.lares.(*).(*)..")
                .should()
                .beFreeOfCycles()
                .because(
                        "a feature that needs another, which needs it, is one feature in two places");
    }

    static ArchRule onlyRepositoriesSpeakSql() {
        return noClasses()
                .that(not(inAClassNamed("Repository")))
                .and(not(carriesStatements()))
                .should()
                .dependOnClassesThat(
                        describe(
                                "run SQL",
                                type ->
                                        isSpringJdbc(type)
                                                || isOneOf(
                                                        type,
                                                        java.sql.Statement.class,
                                                        java.sql.PreparedStatement.class,
                                                        java.sql.ResultSet.class)))
                .because("SQL that hides in services is found by nobody who changes a table");
    }

    /// Parameters of a statement may be filled in elsewhere: a value knows best how it is written.
    private static boolean isSpringJdbc(JavaClass type) {
        return type.getPackageName().startsWith("org.springframework.jdbc.core")
                && !type.isEquivalentTo(JdbcClient.StatementSpec.class);
    }

    static ArchRule transactionsBelongToServices() {
        return CompositeArchRule.of(noClasses().should().beAnnotatedWith(Transactional.class))
                .and(
                        methods()
                                .that()
                                .areAnnotatedWith(Transactional.class)
                                .should()
                                .beDeclaredInClassesThat()
                                .haveSimpleNameEndingWith("Service")
                                .allowEmptyShould(true))
                .because("one look at the services tells what commits together");
    }

    static ArchRule noTransactionWaitsForAnAppend() {
        return methods()
                .that()
                .areAnnotatedWith(Transactional.class)
                .should(new NeverReach("dev.lares.core.log.LogWriter", "append"))
                .allowEmptyShould(true)
                .because(
                        "an append commits by itself, and would wait for rows that its caller's transaction holds");
    }

    static ArchRule timeIsInjected() {
        return noClasses()
                .that(not(resideInAPackage("dev.lares.core.time..")))
                .should(
                        callMethodWhere(
                                calls(
                                        "read the machine's clock",
                                        ArchitectureRules::readsTheClock)))
                .because("a test that cannot set the clock has to wait for it");
    }

    private static boolean readsTheClock(JavaMethodCall call) {
        var owner = call.getTargetOwner().getName();
        var name = call.getName();
        var noClock = call.getTarget().getRawParameterTypes().isEmpty();
        return switch (owner) {
            case "java.lang.System" -> name.equals("currentTimeMillis");
            case "java.time.Clock" -> name.startsWith("system");
            default -> owner.startsWith("java.time.") && name.equals("now") && noClock;
        };
    }

    static ArchRule randomnessIsInjected() {
        return noClasses()
                .that(
                        not(
                                resideInAPackage("dev.lares.core.time..")
                                        // It runs before there are any beans.
                                        .or(resideInAPackage("dev.lares.core.postgres.."))))
                .should()
                .callConstructorWhere(
                        describeConstructor(
                                "make a source of randomness",
                                Set.of("java.util.Random", "java.security.SecureRandom")))
                .orShould(
                        callMethodWhere(
                                calls(
                                        "take randomness from nowhere",
                                        call ->
                                                Set.of("random", "randomUUID", "getInstanceStrong")
                                                                .contains(call.getName())
                                                        || call.getTargetOwner()
                                                                .isEquivalentTo(
                                                                        java.util.concurrent
                                                                                .ThreadLocalRandom
                                                                                .class))))
                .because("a failure whose seed nobody knows cannot be run again");
    }

    static ArchRule nothingIsTiedToAThread() {
        return noClasses()
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ThreadLocal.class)
                .because("there are millions of virtual threads; ScopedValue carries context");
    }

    static ArchRule nobodySleeps() {
        return noClasses()
                .should(
                        callMethodWhere(
                                calls(
                                        "sleep",
                                        call ->
                                                call.getName().equals("sleep")
                                                        && (call.getTargetOwner()
                                                                        .isEquivalentTo(
                                                                                Thread.class)
                                                                || call.getTargetOwner()
                                                                        .isEquivalentTo(
                                                                                java.util.concurrent
                                                                                        .TimeUnit
                                                                                        .class)))))
                .because("what waits for something is woken by it, or by its deadline");
    }

    static ArchRule settingsAreRecords() {
        return noClasses()
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("org.springframework.beans.factory.annotation.Value")
                .orShould(
                        callMethodWhere(
                                calls(
                                        "read a setting by its name",
                                        call ->
                                                call.getName().equals("getProperty")
                                                        && call.getTargetOwner()
                                                                .isAssignableTo(
                                                                        org.springframework.core.env
                                                                                .PropertyResolver
                                                                                .class))))
                .because("a setting without a record is neither validated nor documented");
    }

    static ArchRule namesSayWhatATypeIs() {
        return noClasses()
                .should()
                .haveNameMatching(".*(Helper|Helpers|Util|Utils|Impl|Manager|Dto|DTO)")
                .orShould()
                .resideInAnyPackage(
                        "..controllers..",
                        "..dto..",
                        "..entities..",
                        "..impl..",
                        "..util..",
                        "..utils..",
                        "..common..")
                .because("such names say that nobody knew where it belongs");
    }

    static ArchRule packagesAreNullMarked() {
        return classes()
                .that(
                        describe(
                                "have a package of their own",
                                type -> !type.getSimpleName().equals("package-info")))
                .should(new BeInANullMarkedPackage())
                .because("NullAway checks only what is marked");
    }

    /// The log's own connection: these send what repositories say as one message, and hold no
    /// statement about a table of a feature.
    private static DescribedPredicate<JavaClass> carriesStatements() {
        return describe(
                "carry what repositories say",
                type -> {
                    var name = type.getName().replaceFirst("\\$.*", "");
                    return name.equals("dev.lares.core.append.OneMessage")
                            || name.equals("dev.lares.core.append.NumberPool")
                            || name.equals("dev.lares.core.log.LogSecrets")
                            || name.equals("dev.lares.core.log.LogFollower");
                });
    }

    private static DescribedPredicate<JavaClass> inAClassNamed(String ending) {
        return describe(
                "be in a class named …" + ending,
                type -> {
                    var outermost = type;
                    while (outermost.getEnclosingClass().isPresent()) {
                        outermost = outermost.getEnclosingClass().get();
                    }
                    return outermost.getSimpleName().endsWith(ending);
                });
    }

    private static boolean isOneOf(JavaClass type, Class<?>... candidates) {
        for (var candidate : candidates) {
            if (type.isEquivalentTo(candidate)) {
                return true;
            }
        }
        return false;
    }

    private static DescribedPredicate<JavaMethodCall> calls(
            String what, java.util.function.Predicate<JavaMethodCall> test) {
        return describe(what, test);
    }

    private static DescribedPredicate<JavaConstructorCall> describeConstructor(
            String what, Set<String> owners) {
        return describe(what, call -> owners.contains(call.getTargetOwner().getName()));
    }

    /// For messages: where a call stands.
    static String place(JavaAccess<?> access) {
        return access.getOrigin().getFullName() + " " + access.getSourceCodeLocation();
    }
}
