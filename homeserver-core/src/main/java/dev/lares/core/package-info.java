/// Root package of the core module.
@NullMarked
package dev.lares.core;

import org.jspecify.annotations.NullMarked;
