/// Tests.
@NullMarked
package dev.lares.core.secret;

import org.jspecify.annotations.NullMarked;
