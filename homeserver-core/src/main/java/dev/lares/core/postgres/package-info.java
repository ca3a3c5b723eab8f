/// The bundled PostgreSQL: unpacks the published binaries, makes and guards a data directory,
/// starts, adopts and stops the server. It runs before there is a connection pool and knows no
/// table of ours.
///
/// Layout below the directory that it is given: `data/` is PostgreSQL's own, `binaries/` the
/// unpacked program (may be deleted while nothing runs), `log/` a week of server logs, `*.password`
/// the generated passwords, `operator.conf` settings of whoever runs the server.
@NullMarked
package dev.lares.core.postgres;

import org.jspecify.annotations.NullMarked;
