package dev.lares.core.log;

import java.security.SecureRandom;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Leases for tests of packages that do not start a whole replica.
public final class TestLeases {
    private TestLeases() {}

    /// As a replica of its own, which does not renew them by itself.
    public static Leases on(JdbcClient jdbc) {
        return new Leases(new LeaseRepository(jdbc), new SecureRandom());
    }
}
