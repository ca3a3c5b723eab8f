/// Root package of the client module.
@NullMarked
package dev.lares.client;

import org.jspecify.annotations.NullMarked;
