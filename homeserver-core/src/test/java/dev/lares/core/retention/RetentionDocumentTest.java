package dev.lares.core.retention;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lares.core.testing.TestDatabase;
import dev.lares.core.testing.TestDatabaseExtension;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.simple.JdbcClient;

/// `docs/operating/retention.md` and the comments of the tables.
@ExtendWith(TestDatabaseExtension.class)
class RetentionDocumentTest {
    private static final Path ROOT = Path.of(System.getProperty("project.root.dir", ".."));
    private static final Pattern RULE =
            Pattern.compile("Retention: (.+?)\\.(?: Restore: left empty, .+)?$");
    private static final Pattern LINE =
            Pattern.compile("\\| `(\\w+)` \\| (.+) \\| (?:`(\\w+)\\.(\\w+)`)? ?\\|");

    /// What a table's comment must say, for the table to have a rule.
    private record Row(String table, String rule, String test, String method) {}

    @Test
    void saysWhatTheCommentsSayForEachTable(TestDatabase database) throws IOException {
        var rules = new TreeMap<String, String>();
        comments(database)
                .forEach((table, comment) -> {
                    var rule = RULE.matcher(comment);
                    assertThat(rule.find())
                            .as("a retention rule in the comment of %s", table)
                            .isTrue();
                    rules.put(table, rule.group(1));
                });
        assertThat(rules).hasSizeGreaterThan(30);
        assertThat(new TreeMap<>(rows().stream().collect(toMap(Row::table, Row::rule))))
                .isEqualTo(rules);
    }

    @Test
    void namesTestsThatExist() throws IOException {
        var named = rows().stream().filter(row -> !row.test().isEmpty()).toList();
        assertThat(named).hasSizeGreaterThan(10);
        for (var row : named) {
            assertThat(sources(row.test()))
                    .as(row.toString())
                    .anyMatch(source -> source.contains("void " + row.method() + "("));
        }
    }

    private static Map<String, String> comments(TestDatabase database) {
        var sql =
                """
                SELECT relname, coalesce(obj_description(oid, 'pg_class'), '') AS comment
                FROM pg_class
                WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace
                  AND relname <> 'flyway_schema_history'
                """;
        var comments = new TreeMap<String, String>();
        JdbcClient.create(database.dataSource())
                .sql(sql)
                .query(row -> {
                    comments.put(row.getString("relname"), row.getString("comment"));
                });
        return comments;
    }

    private static List<Row> rows() throws IOException {
        var text = Files.readString(ROOT.resolve("docs/operating/retention.md"));
        var rows = new ArrayList<Row>();
        var lines = LINE.matcher(text);
        while (lines.find()) {
            var test = lines.group(3) == null ? "" : lines.group(3);
            var method = lines.group(4) == null ? "" : lines.group(4);
            rows.add(new Row(lines.group(1), lines.group(2), test, method));
        }
        return rows;
    }

    private static List<String> sources(String testClass) throws IOException {
        var sources = new ArrayList<String>();
        try (Stream<Path> modules = Files.list(ROOT)) {
            for (var tests :
                    modules.map(module -> module.resolve("src/test/java"))
                            .filter(Files::exists)
                            .toList()) {
                try (Stream<Path> files = Files.walk(tests)) {
                    files.filter(file -> file.endsWith(testClass + ".java"))
                            .map(RetentionDocumentTest::read)
                            .forEach(sources::add);
                }
            }
        }
        return sources;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
