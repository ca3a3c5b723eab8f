/// Tests of backups: the file by itself, and what goes into it.
@NullMarked
package dev.lares.core.backup;

import org.jspecify.annotations.NullMarked;
