package dev.lares.app.reliability;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/// Signals that Java cannot send.
enum Signal {
    /// Stops a process as it is; nothing of it runs until [#CONT].
    STOP,
    CONT,
    /// To PostgreSQL: an immediate shutdown, after which it has to recover.
    QUIT;

    void sendTo(ProcessHandle process) {
        try {
            var command = List.of("kill", "-" + name(), Long.toString(process.pid()));
            int exit = new ProcessBuilder(command).inheritIO().start().waitFor();
            if (exit != 0) {
                throw new IllegalStateException(command + " ended with " + exit);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
