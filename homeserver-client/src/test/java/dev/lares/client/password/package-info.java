/// Tests over HTTP.
@NullMarked
package dev.lares.client.password;

import org.jspecify.annotations.NullMarked;
