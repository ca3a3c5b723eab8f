/// Tests.
@NullMarked
package dev.lares.core.uia;

import org.jspecify.annotations.NullMarked;
