package dev.lares.core.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lares.core.backup.CatalogueTable.Content;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoadOrderTest {
    private static CatalogueTable table(String name, String... refersTo) {
        return new CatalogueTable(name, List.of("a"), List.of(refersTo), 0, Content.KEPT);
    }

    private static List<String> order(CatalogueTable... tables) {
        return LoadOrder.of(List.of(tables)).stream().map(CatalogueTable::name).toList();
    }

    @Test
    void putsATableAfterThoseThatItRefersTo() {
        assertThat(order(table("a", "c"), table("b"), table("c", "d", "b"), table("d")))
                .containsExactly("b", "d", "c", "a");
    }

    @Test
    void looksAwayFromTablesThatAreNotThere() {
        assertThat(order(table("a", "left_out"))).containsExactly("a");
    }

    @Test
    void refusesTablesThatReferToEachOther() {
        assertThatThrownBy(() -> order(table("a", "b"), table("b", "a")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("[a, b]");
    }
}
