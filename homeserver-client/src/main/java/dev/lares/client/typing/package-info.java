/// [Typing notifications](https://spec.matrix.org/v1.19/client-server-api/#typing-notifications).
@NullMarked
package dev.lares.client.typing;

import org.jspecify.annotations.NullMarked;
