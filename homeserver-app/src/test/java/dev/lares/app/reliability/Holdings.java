package dev.lares.app.reliability;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a server process holds on to after full collections, asked from outside by the JDK's own
/// tools.
///
/// @param heapBytes live objects
/// @param threads of the platform and virtual ones
/// @param files open ones, connections among them
/// @param instances live objects by class
record Holdings(long heapBytes, int threads, int files, Map<String, Integer> instances) {
    private static final Pattern USED = Pattern.compile("used (\\d+)K");
    private static final Pattern HISTOGRAM_LINE =
            Pattern.compile("\\s*\\d+:\\s+(\\d+)\\s+\\d+\\s+(\\S+).*");

    static Holdings of(Replica server) throws IOException, InterruptedException {
        long pid = server.handle().pid();
        // What the first one finds to be unused has finalizers and cleaners to run.
        diagnose(pid, "GC.run");
        diagnose(pid, "GC.run");
        return new Holdings(
                heapBytes(diagnose(pid, "GC.heap_info")),
                threads(server.directory(), pid),
                files(pid),
                instances(diagnose(pid, "GC.class_histogram")));
    }

    int instancesOf(String className) {
        return instances.getOrDefault(className, 0);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%.1f MB of heap, %d threads, %d files",
                heapBytes / 1e6,
                threads,
                files);
    }

    private static long heapBytes(String heapInfo) {
        long kilobytes = 0;
        for (var line : heapInfo.split("\n", -1)) {
            var used = USED.matcher(line);
            if (!line.contains("Metaspace") && !line.contains("class space") && used.find()) {
                kilobytes += Long.parseLong(used.group(1));
            }
        }
        if (kilobytes == 0) {
            throw new IllegalStateException("nothing is said of the heap: " + heapInfo);
        }
        return kilobytes * 1024;
    }

    private static Map<String, Integer> instances(String histogram) {
        var instances = new HashMap<String, Integer>();
        for (var line : histogram.split("\n", -1)) {
            var matched = HISTOGRAM_LINE.matcher(line);
            if (matched.matches()) {
                instances.merge(matched.group(2), Integer.valueOf(matched.group(1)), Integer::sum);
            }
        }
        return instances;
    }

    private static int threads(Path directory, long pid) throws IOException, InterruptedException {
        var file = directory.resolve("threads.json");
        diagnose(pid, "Thread.dump_to_file", "-overwrite", "-format=json", file.toString());
        int threads = 0;
        for (JsonNode container :
                JsonMapper.shared().readTree(file.toFile()).at("/threadDump/threadContainers")) {
            threads += container.path("threads").size();
        }
        return threads;
    }

    private static int files(long pid) throws IOException {
        try (var files = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
            return Math.toIntExact(files.count());
        }
    }

    private static String diagnose(long pid, String... command)
            throws IOException, InterruptedException {
        var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        var all = new ArrayList<String>();
        all.add(jcmd);
        all.add(Long.toString(pid));
        all.addAll(List.of(command));
        var process = new ProcessBuilder(all).redirectErrorStream(true).start();
        try (InputStream printed = process.getInputStream()) {
            var output = new String(printed.readAllBytes(), UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(all + " failed: " + output);
            }
            return output;
        }
    }
}
