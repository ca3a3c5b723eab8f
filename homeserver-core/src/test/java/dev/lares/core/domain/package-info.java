@NullMarked
package dev.lares.core.domain;

import org.jspecify.annotations.NullMarked;
