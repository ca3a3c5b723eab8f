/// Root package of the media module.
@NullMarked
package dev.lares.media;

import org.jspecify.annotations.NullMarked;
