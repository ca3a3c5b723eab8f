/// Tests over HTTP.
@NullMarked
package dev.lares.client.profile;

import org.jspecify.annotations.NullMarked;
