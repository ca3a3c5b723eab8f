/// How the frameworks below us are set where nothing else is said. Owns no table.
@NullMarked
package dev.lares.core.settings;

import org.jspecify.annotations.NullMarked;
