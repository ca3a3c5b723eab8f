package dev.lares.app.database;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// @param dataDir folder of what this server keeps on its own disk: the bundled PostgreSQL, unless
///   `spring.datasource.url` is set. Made when it is missing
@Validated
@ConfigurationProperties("lares")
record DataDirectoryProperties(@DefaultValue("./data") Path dataDir) {}
