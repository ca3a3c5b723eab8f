package dev.lares.app.build;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// The prologue of `mvnw`, which regenerating the wrapper would drop
/// (docs/adr/0003-maven-wrapper.md). Java and Maven are small scripts that tell what they were
/// called with.
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "mvnw.cmd has no prologue")
class MavenWrapperTest {
    private static final String TELLS_JAVA_HOME = "#!/bin/sh\necho \"$0 runs on $JAVA_HOME: $*\"\n";

    @TempDir Path directory;
    private Path checkout;
    private Path home;
    private Path tools;

    @BeforeEach
    void layOut() throws IOException {
        checkout =
                Files.createDirectories(directory.resolve("checkout/.mvn/wrapper"))
                        .getParent()
                        .getParent();
        for (var file : new String[] {"mvnw", ".mvn/wrapper/maven-wrapper.properties"}) {
            Files.copy(ProjectFiles.root().resolve(file), checkout.resolve(file));
        }
        home = Files.createDirectories(directory.resolve("home"));
        jdk(home.resolve(".jdks/jdk-25"), "25.0.3");
        tools = Files.createDirectories(directory.resolve("tools"));
        linkTools();
    }

    /// What the script calls; not among it: Java, Maven, unzip, and what downloads.
    private void linkTools() throws IOException {
        var names =
                List.of(
                        "sh",
                        "uname",
                        "sed",
                        "grep",
                        "readlink",
                        "dirname",
                        "basename",
                        "tr",
                        "mktemp",
                        "rm",
                        "mkdir",
                        "mv",
                        "cat",
                        "ls",
                        "tar",
                        "gzip",
                        "chmod");
        for (var name : names) {
            for (var folder : List.of("/bin", "/usr/bin")) {
                var program = Path.of(folder, name);
                if (Files.exists(program)) {
                    executable(
                            tools.resolve(name), "#!/bin/sh\nexec %s \"$@\"\n".formatted(program));
                }
            }
        }
    }

    private static void jdk(Path folder, String version) throws IOException {
        Files.createDirectories(folder.resolve("bin"));
        Files.writeString(folder.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
        executable(folder.resolve("bin/java"), "#!/bin/sh\nexit 0\n");
        executable(folder.resolve("bin/javac"), "#!/bin/sh\nexit 0\n");
    }

    private static void executable(Path file, String content) throws IOException {
        Files.writeString(file, content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void mavenOnPath(String version) throws IOException {
        executable(
                tools.resolve("mvn"),
                """
                #!/bin/sh
                if [ "$1" = --version ]; then echo 'Apache Maven %s (built for a test)'; exit; fi
                echo "mvn of the path runs on $JAVA_HOME: $*"
                """
                        .formatted(version));
    }

    private String run(Map<String, String> variables) throws IOException, InterruptedException {
        var builder =
                new ProcessBuilder("./mvnw", "verify", "-Dname=two words")
                        .directory(checkout.toFile())
                        .redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().put("PATH", tools.toString());
        builder.environment().put("HOME", home.toString());
        builder.environment().putAll(variables);
        var process = builder.start();
        process.getOutputStream().close();
        var output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return output + "exit " + process.exitValue();
    }

    /// The JDK that the output names, told by its `release` file.
    private static String versionOfJdkIn(String output) throws IOException {
        var jdk = output.replaceFirst("(?s).*runs on ([^:]*):.*", "$1");
        return Files.readString(Path.of(jdk, "release"))
                .replaceFirst("(?s).*JAVA_VERSION=\"([0-9]+).*", "$1");
    }

    @Test
    void findsAJdkWhereTheDefaultJavaIsOlder() throws Exception {
        mavenOnPath("3.9.9");
        var old = directory.resolve("jdk-17");
        jdk(old, "17.0.15");
        Files.createSymbolicLink(tools.resolve("java"), old.resolve("bin/java"));
        Files.createSymbolicLink(tools.resolve("javac"), old.resolve("bin/javac"));
        var output = run(Map.of("JAVA_HOME", old.toString()));
        assertThat(output)
                .contains("mvn of the path runs on ")
                .contains(": verify -Dname=two words")
                .endsWith("exit 0");
        assertThat(Integer.parseInt(versionOfJdkIn(output))).isGreaterThanOrEqualTo(25);
    }

    @Test
    void findsAJdkWhereNoJavaIsOnThePath() throws Exception {
        mavenOnPath("3.8.6");
        var output = run(Map.of());
        assertThat(output).contains("mvn of the path runs on ").endsWith("exit 0");
        assertThat(Integer.parseInt(versionOfJdkIn(output))).isGreaterThanOrEqualTo(25);
    }

    @Test
    void keepsAJavaHomeThatIsNewEnough() throws Exception {
        mavenOnPath("3.8.6");
        var mine = directory.resolve("jdk-26");
        jdk(mine, "26");
        assertThat(run(Map.of("JAVA_HOME", mine.toString()))).contains("runs on " + mine + ": ");
    }

    @Test
    void takesThePinnedMavenWhereThatOfThePathIsTooOld() throws Exception {
        mavenOnPath("3.8.5");
        var pinned = "apache-maven-3.9.16";
        try (var mirror = new Mirror(pinned)) {
            // The wrapper's own way to another server; it names the file below it.
            var variables = Map.of("MVNW_REPOURL", mirror.url(), "JAVA_HOME", realJdk());
            assertThat(run(variables))
                    .contains(pinned)
                    .contains("bin/mvn runs on ")
                    .contains(": verify -Dname=two words")
                    .doesNotContain("mvn of the path");
            assertThat(Files.readString(checkout.resolve(".mvn/wrapper/maven-wrapper.properties")))
                    .contains("=https://archive.apache.org/dist/maven/")
                    .contains(pinned + "-bin.zip");
        }
    }

    /// With which the wrapper downloads where there is neither wget nor curl.
    private static String realJdk() {
        return System.getProperty("java.home");
    }

    /// Serves a Maven that is nothing but its start script, whatever is asked for.
    private record Mirror(HttpServer server) implements AutoCloseable {
        Mirror(String name) throws IOException {
            this(
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0));
            var content = archive(name + "/bin/mvn");
            server.createContext(
                    "/",
                    exchange -> {
                        exchange.sendResponseHeaders(200, content.length);
                        try (var body = exchange.getResponseBody()) {
                            body.write(content);
                        }
                    });
            server.start();
        }

        private static byte[] archive(String script) throws IOException {
            var bytes = new ByteArrayOutputStream();
            try (var tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
                var content = TELLS_JAVA_HOME.getBytes(UTF_8);
                var entry = new TarArchiveEntry(script);
                entry.setMode(0100755);
                entry.setSize(content.length);
                tar.putArchiveEntry(entry);
                tar.write(content);
                tar.closeArchiveEntry();
            }
            return bytes.toByteArray();
        }

        String url() {
            return "http://127.0.0.1:" + server.getAddress().getPort();
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
