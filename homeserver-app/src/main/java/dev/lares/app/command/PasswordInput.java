package dev.lares.app.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.Arrays;
import java.util.Objects;
import picocli.CommandLine.Option;

/// Where a password comes from: never from an argument, which other users of the machine can see.
final class PasswordInput {
    @Option(
            names = "--password-stdin",
            description =
                    "Read the password from standard input (its first line) instead of asking for it.")
    private boolean standardInput;

    String read() {
        return standardInput ? fromStandardInput() : fromConsole();
    }

    private static String fromStandardInput() {
        try {
            // Not closed: it is the process's.
            var line = new BufferedReader(new InputStreamReader(System.in, UTF_8)).readLine();
            if (line == null || line.isEmpty()) {
                throw new CommandFailure("There is no password on standard input.");
            }
            return line;
        } catch (IOException e) {
            throw new CommandFailure("Standard input cannot be read: " + e.getMessage(), e);
        }
    }

    private static String fromConsole() {
        var console = Objects.requireNonNull(System.console());
        if (!console.isTerminal()) {
            throw new CommandFailure(
                    "There is no terminal to ask for a password on: give it with --password-stdin.");
        }
        var first = console.readPassword("Password: ");
        var second = console.readPassword("Once more: ");
        if (first == null || !Arrays.equals(first, second)) {
            throw new CommandFailure("These were two different passwords.");
        }
        return new String(first);
    }
}
