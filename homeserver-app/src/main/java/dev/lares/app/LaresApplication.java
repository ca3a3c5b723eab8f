package dev.lares.app;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/// Starts the homeserver with all of its modules.
@SpringBootApplication(scanBasePackages = "dev.lares")
@ConfigurationPropertiesScan("dev.lares")
public class LaresApplication {
    public static void main(String[] args) {
        SpringApplication.run(LaresApplication.class, args);
    }
}
