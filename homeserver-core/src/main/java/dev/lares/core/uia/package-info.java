/// [User-interactive
/// authentication](https://spec.matrix.org/v1.19/client-server-api/#user-interactive-authentication-api):
/// an operation that is asked for again with proofs until they suffice. A session is bound to the
/// operation, its user and its parameters; any replica continues it. Tables: uia_session.
@NullMarked
package dev.lares.core.uia;

import org.jspecify.annotations.NullMarked;
