package dev.lares.core.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPatternParser;

class PathShapeTest {
    @ParameterizedTest
    @CsvSource({
        "/rooms/{roomId}/kick, /rooms/!a:b/kick, true",
        "/rooms/{roomId}/kick, /rooms/!a:b/ban, false",
        "/rooms/{roomId}/kick, /rooms/!a:b/kick/, false",
        "/rooms/{roomId}/kick/, /rooms/!a:b/kick/, true",
        "/rooms/{roomId}/kick, /rooms//kick, false",
        "/rooms/{roomId}/kick, /r%6foms/%21a%2Fb/kick, true",
        "/state/{type}/{key}, /state/m.room.name, false",
        "/sync, /sync, true",
        "/sync, /, false",
    })
    void agreesWithThePattern(String pattern, String path, boolean matches) {
        var shape = PathShape.of(pattern).orElseThrow();
        var parsed = PathContainer.parsePath(path);

        assertThat(new PathPatternParser().parse(pattern).matches(parsed)).isEqualTo(matches);
        assertThat(shape.mayMatch(PathShape.elementsOf(parsed))).isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/**", "/a/{*rest}", "/a/{id:[0-9]+}", "/a/*.txt", "/a/x{id}"})
    void isUnknownForWildcards(String pattern) {
        assertThat(PathShape.of(pattern)).isEmpty();
    }

    @Test
    void comparesTheRoot() {
        assertThat(PathShape.of("/").orElseThrow().mayMatch(new String[] {"/"})).isTrue();
    }
}
