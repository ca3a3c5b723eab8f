/// Tests.
@NullMarked
package dev.lares.core.device;

import org.jspecify.annotations.NullMarked;
