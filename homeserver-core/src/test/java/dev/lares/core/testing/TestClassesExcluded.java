package dev.lares.core.testing;

import java.io.IOException;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;

/// Keeps a server's component scan from what tests declare for themselves; to be registered as a
/// singleton before the scan.
public final class TestClassesExcluded extends TypeExcludeFilter {
    @Override
    public boolean match(MetadataReader reader, MetadataReaderFactory readers) throws IOException {
        var location = reader.getResource().getURL().toString();
        return location.contains("/test-classes/") || location.contains("-tests.jar");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TestClassesExcluded;
    }

    @Override
    public int hashCode() {
        return TestClassesExcluded.class.hashCode();
    }
}
