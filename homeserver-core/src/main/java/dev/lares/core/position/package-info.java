/// The tokens that clients hold of places in the log: of a sync and of a page. Opaque, versioned
/// and authenticated, so that a position that was never given out is not believed.
@NullMarked
package dev.lares.core.position;

import org.jspecify.annotations.NullMarked;
