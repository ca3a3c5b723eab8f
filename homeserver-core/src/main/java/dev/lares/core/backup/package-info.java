/// Logical backups: all that the database keeps, in one file, as it was at one moment, while the
/// server runs. A table is left out where it is not logged, or where its `COMMENT` says `Restore:
/// left empty`, because what it holds must not be given out twice. The file's form is told by
/// [BackupManifest]. Owns the table restore_unfinished, which is there while a restore is.
@NullMarked
package dev.lares.core.backup;

import org.jspecify.annotations.NullMarked;
