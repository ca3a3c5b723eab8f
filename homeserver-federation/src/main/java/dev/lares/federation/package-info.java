/// Root package of the federation module.
@NullMarked
package dev.lares.federation;

import org.jspecify.annotations.NullMarked;
