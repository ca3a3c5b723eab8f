/// Root package of the app module.
@NullMarked
package dev.lares.app;

import org.jspecify.annotations.NullMarked;
