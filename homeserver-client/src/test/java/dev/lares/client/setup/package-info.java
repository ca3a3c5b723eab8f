/// Tests over HTTP.
@NullMarked
package dev.lares.client.setup;

import org.jspecify.annotations.NullMarked;
