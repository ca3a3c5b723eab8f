/// Tests.
@NullMarked
package dev.lares.core.token;

import org.jspecify.annotations.NullMarked;
