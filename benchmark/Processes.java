import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Processor time, as the kernel counts it in `/proc`.
final class Processes {
    private static final double TICK_MILLIS = 10; // USER_HZ is 100 on every Linux
    private static final int PARENT = 1;
    private static final int OWN_TIME = 11;
    private static final int REAPED_TIME = 13;

    private Processes() {}

    /// Milliseconds of user and system time of a process, what it started and what that started,
    /// ended children included. Never decreases while the root lives.
    static double treeMillis(long root) throws IOException {
        var children = new HashMap<Long, List<Long>>();
        var ticks = new HashMap<Long, Long>();
        try (var processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (var process : processes) {
                read(process, children, ticks);
            }
        }
        long sum = 0;
        var left = new ArrayDeque<>(List.of(root));
        while (!left.isEmpty()) {
            long process = left.pop();
            sum += ticks.getOrDefault(process, 0L);
            left.addAll(children.getOrDefault(process, List.of()));
        }
        return sum * TICK_MILLIS;
    }

    private static void read(Path process, Map<Long, List<Long>> children, Map<Long, Long> ticks) {
        var fields = fields(process);
        if (fields.length == 0) {
            return;
        }
        long pid = Long.parseLong(process.getFileName().toString());
        children.computeIfAbsent(Long.parseLong(fields[PARENT]), parent -> new ArrayList<>())
                .add(pid);
        long time = 0;
        for (int field : new int[] {OWN_TIME, OWN_TIME + 1, REAPED_TIME, REAPED_TIME + 1}) {
            time += Long.parseLong(fields[field]);
        }
        ticks.put(pid, time);
    }

    static long parentOf(long pid) {
        return Long.parseLong(fields(Path.of("/proc", Long.toString(pid)))[PARENT]);
    }

    /// What follows the name in `stat`: state, parent, …; empty when the process has ended.
    private static String[] fields(Path process) {
        try {
            var stat = Files.readString(process.resolve("stat"));
            return stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        } catch (IOException ended) {
            return new String[0];
        }
    }

    /// Milliseconds in which the machine's processors were busy, with whatever.
    static double busyMillis() throws IOException {
        try (var lines = Files.lines(Path.of("/proc/stat"))) {
            var fields = lines.findFirst().orElseThrow().trim().split(" +");
            long busy = 0;
            // user nice system idle iowait irq softirq steal
            for (int field : new int[] {1, 2, 3, 6, 7, 8}) {
                busy += Long.parseLong(fields[field]);
            }
            return busy * TICK_MILLIS;
        }
    }

    static String processorName() throws IOException {
        try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 2))
                    .findFirst()
                    .orElse("unknown processor");
        }
    }

    static long memoryMebibytes() throws IOException {
        try (var lines = Files.lines(Path.of("/proc/meminfo"))) {
            var total = lines.findFirst().orElseThrow().replaceAll("[^0-9]", "");
            return Long.parseLong(total) / 1024;
        }
    }

    /// Kilobytes of memory that the process occupies.
    static long residentKilobytes(long pid) throws IOException {
        try (var lines = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .map(line -> line.replaceAll("[^0-9]", ""))
                    .mapToLong(Long::parseLong)
                    .findFirst()
                    .orElse(0);
        }
    }
}
