package dev.lares.core.time;

import java.security.SecureRandom;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Fallback;

/// The system's clock and its source of secrets, unless a test brings others.
@Configuration(proxyBeanMethods = false)
class TimeSetup {
    @Bean
    @Fallback
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    @Fallback
    SecureRandom random() {
        return new SecureRandom();
    }
}
