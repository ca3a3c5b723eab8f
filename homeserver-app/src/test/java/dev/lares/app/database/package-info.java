/// Tests of the start on the bundled PostgreSQL, with the server as a process.
@NullMarked
package dev.lares.app.database;

import org.jspecify.annotations.NullMarked;
