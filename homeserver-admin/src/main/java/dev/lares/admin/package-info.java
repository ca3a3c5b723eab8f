/// Root package of the admin module.
@NullMarked
package dev.lares.admin;

import org.jspecify.annotations.NullMarked;
