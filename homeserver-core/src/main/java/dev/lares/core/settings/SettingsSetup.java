package dev.lares.core.settings;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;

/// Checks the settings that [FrameworkDefaults] hands to the framework.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ManagementProperties.class)
class SettingsSetup {}
