/// Tests over HTTP.
@NullMarked
package dev.lares.client.whoami;

import org.jspecify.annotations.NullMarked;
