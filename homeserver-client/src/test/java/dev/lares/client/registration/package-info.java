/// Tests over HTTP.
@NullMarked
package dev.lares.client.registration;

import org.jspecify.annotations.NullMarked;
