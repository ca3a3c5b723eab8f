package dev.lares.app.build;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.lang.ArchRule;
import dev.lares.client.sample.UsesMedia;
import dev.lares.core.sample.NotMarked;
import dev.lares.core.samplefirst.UsesSecond;
import dev.lares.core.samplesecond.UsesFirst;
import dev.lares.media.sample.UsedByClient;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTest {
    private static final JavaClasses PRODUCT =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .withImportOption(ArchitectureTest::isNoTestJar)
                    .importPackages("dev.lares");

    private static boolean isNoTestJar(Location location) {
        return !location.contains("-tests.jar");
    }

    /// @param sample classes that break the rule
    record Rule(ArchRule rule, Class<?>... sample) {
        @Override
        public String toString() {
            return rule.getDescription();
        }
    }

    static Stream<Rule> rules() {
        return Stream.of(
                new Rule(
                        ArchitectureRules.modulesPointTowardsCore(),
                        UsesMedia.class,
                        UsedByClient.class),
                new Rule(
                        ArchitectureRules.packagesFormNoCycles(),
                        UsesFirst.class,
                        UsesSecond.class),
                new Rule(
                        ArchitectureRules.onlyRepositoriesSpeakSql(),
                        ArchitectureSamples.Sql.class),
                new Rule(
                        ArchitectureRules.transactionsBelongToServices(),
                        ArchitectureSamples.Transaction.class),
                new Rule(
                        ArchitectureRules.transactionsBelongToServices(),
                        ArchitectureSamples.WholeClassService.class),
                new Rule(
                        ArchitectureRules.noTransactionWaitsForAnAppend(),
                        ArchitectureSamples.AppendingService.class,
                        ArchitectureSamples.Appender.class,
                        ArchitectureSamples.LogAppender.class),
                new Rule(ArchitectureRules.timeIsInjected(), ArchitectureSamples.Now.class),
                new Rule(ArchitectureRules.randomnessIsInjected(), ArchitectureSamples.Dice.class),
                new Rule(ArchitectureRules.randomnessIsInjected(), ArchitectureSamples.Id.class),
                new Rule(
                        ArchitectureRules.nothingIsTiedToAThread(),
                        ArchitectureSamples.Local.class),
                new Rule(ArchitectureRules.nobodySleeps(), ArchitectureSamples.Sleeper.class),
                new Rule(ArchitectureRules.settingsAreRecords(), ArchitectureSamples.Setting.class),
                new Rule(ArchitectureRules.settingsAreRecords(), ArchitectureSamples.ByName.class),
                new Rule(
                        ArchitectureRules.namesSayWhatATypeIs(),
                        ArchitectureSamples.RoomHelper.class),
                new Rule(ArchitectureRules.packagesAreNullMarked(), NotMarked.class));
    }

    @Test
    void looksAtTheWholeProduct() {
        for (var module : new String[] {"core", "client", "app"}) {
            assertThat(PRODUCT.stream())
                    .as(module)
                    .anyMatch(type -> type.getPackageName().startsWith("dev.lares." + module));
        }
        assertThat(PRODUCT.contain(ArchitectureTest.class)).isFalse();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void holds(Rule rule) {
        rule.rule().check(PRODUCT);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void noticesTheSampleThatBreaksIt(Rule rule) {
        var sample = new ClassFileImporter().importClasses(rule.sample());
        assertThat(rule.rule().evaluate(sample).hasViolation()).isTrue();
    }
}
