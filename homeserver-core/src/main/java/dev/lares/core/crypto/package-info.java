/// Hashes, Ed25519 keys and signed JSON
/// ([appendices](https://spec.matrix.org/v1.19/appendices/#signing-json)). Ed25519 is Bouncy
/// Castle's lightweight API, called by name: the JDK's provider is 9 to 17 times slower, and no
/// provider order can bring it back.
@NullMarked
package dev.lares.core.crypto;

import org.jspecify.annotations.NullMarked;
