/// Tests over HTTP.
@NullMarked
package dev.lares.client.authfallback;

import org.jspecify.annotations.NullMarked;
