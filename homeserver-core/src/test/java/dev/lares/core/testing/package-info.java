/// Fixtures that the tests of all modules use: a database for each test class, the whole server in
/// this process, its users, and what they say over HTTP.
@NullMarked
package dev.lares.core.testing;

import org.jspecify.annotations.NullMarked;
