/// Tests of where settings come from.
@NullMarked
package dev.lares.app.settings;

import org.jspecify.annotations.NullMarked;
