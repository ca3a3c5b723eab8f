/// What docs/reliability.md promises, shown with servers that are processes of their own: they are
/// killed, stopped, and cut off from their database. The long forms are tagged `nightly`.
@NullMarked
package dev.lares.app.reliability;

import org.jspecify.annotations.NullMarked;
