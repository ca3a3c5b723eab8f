package dev.lares.core.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/// A test class that speaks HTTP to the server, which it takes as a [TestHomeserver] parameter. The
/// modules on the test's class path run in this process on a free port of the loopback device and a
/// database of their own; classes with the same properties share one server, so names of users are
/// made unique by [TestHomeserver#register].
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(HomeserverExtension.class)
public @interface HomeserverTest {
    /// Settings beside the fixture's own, as `key=value`.
    String[] properties() default {};

    /// Configuration classes beside the modules, such as a clock that the test advances.
    Class<?>[] with() default {};
}
