/// Tests over HTTP.
@NullMarked
package dev.lares.client.logout;

import org.jspecify.annotations.NullMarked;
