package dev.lares.core.testing;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;

/// The modules on the class path, where the app module is not. No stereotype: another application's
/// scan must not find it.
@EnableAutoConfiguration
@ComponentScan(
        basePackages = "dev.lares",
        excludeFilters =
                @ComponentScan.Filter(type = FilterType.CUSTOM, classes = TypeExcludeFilter.class))
@ConfigurationPropertiesScan("dev.lares")
class TestApplication {}
