/// Tests.
@NullMarked
package dev.lares.core.search;

import org.jspecify.annotations.NullMarked;
