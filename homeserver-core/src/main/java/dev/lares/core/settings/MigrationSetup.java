package dev.lares.core.settings;

import com.zaxxer.hikari.HikariDataSource;
import java.util.HashMap;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Migrations have connections of their own: a statement of theirs may take hours, and those of the
/// pool give up on a database that is silent for long.
@Configuration(proxyBeanMethods = false)
class MigrationSetup {
    private static final Set<String> BOUNDS = Set.of("socketTimeout", "options");

    @Bean
    FlywayConfigurationCustomizer migrationsOutsideThePool(DataSource dataSource) {
        return flyway -> {
            if (dataSource instanceof HikariDataSource pool && pool.getJdbcUrl() != null) {
                var properties = new HashMap<String, String>();
                pool.getDataSourceProperties()
                        .forEach(
                                (name, value) -> properties.put(name.toString(), value.toString()));
                properties.keySet().removeAll(BOUNDS);
                flyway.jdbcProperties(properties);
                flyway.dataSource(pool.getJdbcUrl(), pool.getUsername(), pool.getPassword());
            }
        };
    }
}
