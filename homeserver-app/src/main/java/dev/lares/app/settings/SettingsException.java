package dev.lares.app.settings;

import java.util.List;

/// The settings of this server cannot be used; each problem names the key and where it stands.
final class SettingsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SettingsException(List<String> problems) {
        super(String.join(System.lineSeparator(), problems));
    }
}
