/// Tests over HTTP.
@NullMarked
package dev.lares.admin.registration;

import org.jspecify.annotations.NullMarked;
