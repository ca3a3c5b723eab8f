/// [Profiles](https://spec.matrix.org/v1.19/client-server-api/#profiles) of local users. Every
/// change is a row of the log's stream `profile`. Tables: profile_field.
@NullMarked
package dev.lares.core.profile;

import org.jspecify.annotations.NullMarked;
