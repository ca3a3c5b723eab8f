package dev.lares.core.work;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.context.annotation.Profile;

/// A bean that works on its own, for the whole server. Left out of commands: one that ends after a
/// second must not take a lease from a server that would do the work.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Profile("!" + BackgroundWork.COMMAND)
public @interface BackgroundWork {
    /// The Spring profile of commands.
    String COMMAND = "command";
}
