package dev.lares.core.stateres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.lares.core.stateres.AuthGraph.Kind;
import dev.lares.core.stateres.AuthGraph.Verdict;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AuthGraphTest {
    private final AuthGraph.Builder builder = AuthGraph.builder();

    @Test
    void numbersEventsAfterWhatTheyCiteInWhateverOrderTheyCome() {
        add(30, 20, 10).add(20, new long[] {10}, Kind.POWER_LEVELS, Verdict.REJECTED);
        add(10);

        var graph = builder.build();

        assertThat(graph.size()).isEqualTo(3);
        assertThat(graph.number(10)).isLessThan(graph.number(20));
        assertThat(graph.number(20)).isLessThan(graph.number(30));
        assertThat(graph.id(graph.number(30))).isEqualTo(30);
        assertThat(graph.powerLevelsOf(graph.number(30))).isEqualTo(graph.number(20));
        assertThat(graph.powerLevelsOf(graph.number(20))).isNegative();
        assertThat(graph.isRejected(graph.number(20))).isTrue();
        assertThat(graph.isRejected(graph.number(30))).isFalse();
    }

    @Test
    void growsWithWhatItGets() {
        int size = 5_000;
        add(0);
        IntStream.range(1, size).forEach(i -> add(i, i - 1, i / 2));

        var graph = builder.build();

        assertThat(graph.size()).isEqualTo(size);
        for (int i = 1; i < size; i++) {
            int from = graph.edgesFrom(graph.number(i));
            assertThat(graph.id(graph.target(from))).isEqualTo(i - 1);
            assertThat(graph.id(graph.target(from + 1))).isEqualTo(i / 2);
        }
    }

    @Test
    void refusesCircles() {
        add(1, 2);
        add(2, 1);

        assertThatIllegalArgumentException()
                .isThrownBy(builder::build)
                .withMessageContaining("circle");
    }

    @Test
    void refusesEventsThatCiteWhatIsMissing() {
        add(1, 2);

        assertThatIllegalArgumentException().isThrownBy(builder::build).withMessageContaining("2");
    }

    @Test
    void refusesAnEventTwice() {
        add(1);

        assertThatIllegalArgumentException().isThrownBy(() -> add(1));
    }

    @Test
    void doesNotKnowOtherEvents() {
        add(1);
        var graph = builder.build();

        assertThatIllegalArgumentException().isThrownBy(() -> graph.number(2));
    }

    private AuthGraph.Builder add(long id, long... cited) {
        return builder.add(id, cited, Kind.OTHER, Verdict.ACCEPTED);
    }
}
