package dev.lares.core.testing;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.ComponentScan;

/// The modules on the class path, where the app module is not. No stereotype: another application's
/// scan must not find it.
@EnableAutoConfiguration
@ComponentScan("dev.lares")
@ConfigurationPropertiesScan("dev.lares")
class TestApplication {}
