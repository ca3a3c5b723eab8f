/// Bad input for every endpoint: the specification's error code in a JSON body, never a 500, and
/// nothing changed.
@NullMarked
package dev.lares.app.badinput;

import org.jspecify.annotations.NullMarked;
