/// Real clients against the whole server.
@NullMarked
package dev.lares.app.e2e;

import org.jspecify.annotations.NullMarked;
