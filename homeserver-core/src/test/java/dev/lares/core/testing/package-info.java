/// Fixtures that the tests of all modules use: a database for each test class.
@NullMarked
package dev.lares.core.testing;

import org.jspecify.annotations.NullMarked;
