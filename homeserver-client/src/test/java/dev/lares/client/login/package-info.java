/// Tests over HTTP.
@NullMarked
package dev.lares.client.login;

import org.jspecify.annotations.NullMarked;
