/// Events for tests: those of the vectors, and made ones.
@NullMarked
package dev.lares.core.testdata;

import org.jspecify.annotations.NullMarked;
