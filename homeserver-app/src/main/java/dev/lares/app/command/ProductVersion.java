package dev.lares.app.command;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/// The version as the build wrote it into the jar.
final class ProductVersion implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {current()};
    }

    static String current() {
        var version = ProductVersion.class.getPackage().getImplementationVersion();
        return "Lares " + Objects.requireNonNullElse(version, "(built from source)");
    }
}
