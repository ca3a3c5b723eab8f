/// Whether the server lives and is ready, and how parked requests end with it. Owns no table.
@NullMarked
package dev.lares.core.health;

import org.jspecify.annotations.NullMarked;
