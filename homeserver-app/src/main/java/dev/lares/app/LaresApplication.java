package dev.lares.app;

import dev.lares.app.command.CommandLine;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/// Starts the homeserver with all of its modules, or carries out a command; `--help` lists them.
@SpringBootApplication(scanBasePackages = "dev.lares")
@ConfigurationPropertiesScan("dev.lares")
public class LaresApplication {
    public static void main(String[] args) {
        CommandLine.main(LaresApplication.class, args);
    }
}
