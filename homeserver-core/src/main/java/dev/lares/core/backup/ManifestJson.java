package dev.lares.core.backup;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// The manifest as it stands in the file. The number of the format is read first: nothing else of a
/// newer one is looked at.
final class ManifestJson {
    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                    .build();

    private ManifestJson() {}

    static byte[] write(BackupManifest manifest) {
        return MAPPER.writeValueAsBytes(manifest);
    }

    static BackupManifest read(byte[] json) {
        try {
            int format = MAPPER.readTree(json).path("format").asInt(0);
            if (format > BackupManifest.FORMAT) {
                throw new BackupException(
                        "The backup has the format %d, and this release reads formats up to %d: use the release that made it, or a newer one."
                                .formatted(format, BackupManifest.FORMAT));
            }
            if (format < 1) {
                throw new BackupException("The backup's manifest names no format.");
            }
            return MAPPER.readValue(json, BackupManifest.class);
        } catch (JacksonException e) {
            throw new BackupException(
                    "The backup's manifest cannot be read: " + e.getOriginalMessage(), e);
        }
    }
}
