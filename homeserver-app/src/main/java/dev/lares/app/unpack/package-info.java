/// Makes a folder out of the packaged server from which it starts sooner and is fast sooner: its
/// libraries as files, and beside them what a JVM learnt in a training run (the [AOT
/// cache](https://openjdk.org/jeps/514) of JDK 25: loaded classes and
/// [profiles](https://openjdk.org/jeps/515) of methods). The training has a database and a server
/// of its own, which nobody else reaches, and ends with them. Owns no tables.
@NullMarked
package dev.lares.app.unpack;

import org.jspecify.annotations.NullMarked;
