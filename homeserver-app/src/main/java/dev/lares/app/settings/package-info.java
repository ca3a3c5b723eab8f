/// Where settings come from and which there are: secrets in files, and the refusal of keys that
/// nobody reads. Owns no table.
@NullMarked
package dev.lares.app.settings;

import org.jspecify.annotations.NullMarked;
