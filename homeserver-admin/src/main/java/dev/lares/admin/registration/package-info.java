/// Registration of accounts by tools that know the shared secret, as Synapse offers it. Tables:
/// used_nonce.
@NullMarked
package dev.lares.admin.registration;

import org.jspecify.annotations.NullMarked;
