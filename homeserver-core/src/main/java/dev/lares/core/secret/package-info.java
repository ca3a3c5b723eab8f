/// Opaque tokens, the keys that all replicas share, and values that carry their own authenticity.
/// Tables: server_secret.
@NullMarked
package dev.lares.core.secret;

import org.jspecify.annotations.NullMarked;
