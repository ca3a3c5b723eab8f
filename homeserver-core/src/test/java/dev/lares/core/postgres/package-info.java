/// Tests of the launcher of the bundled PostgreSQL, with real processes.
@NullMarked
package dev.lares.core.postgres;

import org.jspecify.annotations.NullMarked;
