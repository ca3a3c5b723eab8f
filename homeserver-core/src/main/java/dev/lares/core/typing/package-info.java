/// [Typing notifications](https://spec.matrix.org/v1.19/client-server-api/#typing-notifications).
/// Table: typing.
@NullMarked
package dev.lares.core.typing;

import org.jspecify.annotations.NullMarked;
