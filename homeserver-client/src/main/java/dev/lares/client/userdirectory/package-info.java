/// [User directory](https://spec.matrix.org/v1.19/client-server-api/#user-directory). What is
/// searched is written behind the log. Tables: directory_user, directory_word, directory_room.
@NullMarked
package dev.lares.client.userdirectory;

import org.jspecify.annotations.NullMarked;
