/// Tests of the command line, most of them with the program as a process.
@NullMarked
package dev.lares.app.command;

import org.jspecify.annotations.NullMarked;
