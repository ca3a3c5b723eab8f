/// Changes of membership that local users ask for: joining, inviting, leaving, kicking, banning,
/// knocking ([room membership](https://spec.matrix.org/v1.19/client-server-api/#room-membership)).
/// The authorization rules of the room decide in the end; what is checked here gives clearer
/// answers, or is the server's part and no rule.
@NullMarked
package dev.lares.core.participation;

import org.jspecify.annotations.NullMarked;
