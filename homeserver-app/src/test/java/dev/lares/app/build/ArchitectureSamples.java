package dev.lares.app.build;

import dev.lares.core.log.AppendItem;
import dev.lares.core.log.LogWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;

/// Each breaks one rule of [ArchitectureRules]. None is a bean.
@SuppressWarnings("unused")
final class ArchitectureSamples {
    private ArchitectureSamples() {}

    record Sql(JdbcClient jdbc) {}

    static class Transaction {
        @Transactional
        void run() {}
    }

    @Transactional
    static class WholeClassService {}

    /// Hides the append behind an interface.
    static class AppendingService {
        private final Appender appender;

        AppendingService(Appender appender) {
            this.appender = appender;
        }

        @Transactional
        void run(AppendItem item) {
            appender.write(item);
        }
    }

    interface Appender {
        void write(AppendItem item);
    }

    record LogAppender(LogWriter log) implements Appender {
        @Override
        public void write(AppendItem item) {
            log.append(item, Duration.ofSeconds(1));
        }
    }

    static class Now {
        Instant ask() {
            return Instant.now();
        }
    }

    static class Dice {
        int roll() {
            return new Random().nextInt();
        }
    }

    static class Id {
        UUID make() {
            return UUID.randomUUID();
        }
    }

    record Local(ThreadLocal<String> value) {}

    static class Sleeper {
        void sleep() throws InterruptedException {
            Thread.sleep(1);
        }
    }

    record Setting(@Value("${lares.data-dir}") String value) {}

    record ByName(Environment environment) {
        String read() {
            return String.valueOf(environment.getProperty("lares.data-dir"));
        }
    }

    static class RoomHelper {}
}
