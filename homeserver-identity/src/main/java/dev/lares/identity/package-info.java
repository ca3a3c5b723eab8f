/// Root package of the identity module.
@NullMarked
package dev.lares.identity;

import org.jspecify.annotations.NullMarked;
