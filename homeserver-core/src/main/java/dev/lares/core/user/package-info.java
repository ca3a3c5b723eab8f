/// User IDs and their internal numbers ([user
/// identifiers](https://spec.matrix.org/v1.19/appendices/#user-identifiers)). Tables: user_ref.
@NullMarked
package dev.lares.core.user;

import org.jspecify.annotations.NullMarked;
