@NullMarked
package dev.lares.core.snapshots;

import org.jspecify.annotations.NullMarked;
