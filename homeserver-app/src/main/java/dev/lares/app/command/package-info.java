/// The command line: `run` (also without a word), and commands for who administers the machine.
/// They use the same settings as the server and may run beside it. Owns no table.
@NullMarked
package dev.lares.app.command;

import org.jspecify.annotations.NullMarked;
