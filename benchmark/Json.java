import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.function.Consumer;
import java.util.regex.Pattern;

/// Looks for members in answers of known shape without parsing them: the JDK has no parser, and the
/// load generator has no time.
final class Json {
    private Json() {}

    /// The text of the first member of this name, wherever it stands.
    static String text(String json, String name) {
        var found = Pattern.compile("\"" + name + "\"\\s*:\\s*\"([^\"]*)\"").matcher(json);
        if (!found.find()) {
            throw new IllegalStateException("no " + name + " in " + json);
        }
        return found.group(1);
    }

    /// The text of the last member of this name.
    static String lastText(byte[] json, String name) {
        var key = ("\"" + name + "\":").getBytes(UTF_8);
        for (int at = json.length - key.length; at >= 0; at--) {
            if (matches(json, at, key)) {
                return textAt(json, at + key.length);
            }
        }
        throw new IllegalStateException("no " + name + " in " + new String(json, UTF_8));
    }

    /// Each text member of this name.
    static void eachText(byte[] json, String name, Consumer<String> found) {
        var key = ("\"" + name + "\":").getBytes(UTF_8);
        for (int at = 0; at <= json.length - key.length; at++) {
            if (json[at] == '"' && matches(json, at, key)) {
                found.accept(textAt(json, at + key.length));
            }
        }
    }

    static int count(byte[] json, String text) {
        var sought = text.getBytes(UTF_8);
        int count = 0;
        for (int at = 0; at <= json.length - sought.length; at++) {
            if (matches(json, at, sought)) {
                count++;
            }
        }
        return count;
    }

    private static String textAt(byte[] json, int from) {
        int begin = from;
        while (json[begin] != '"') {
            begin++;
        }
        int end = ++begin;
        while (json[end] != '"') {
            end++;
        }
        return new String(json, begin, end - begin, UTF_8);
    }

    private static boolean matches(byte[] json, int at, byte[] sought) {
        for (int i = 0; i < sought.length; i++) {
            if (json[at + i] != sought[i]) {
                return false;
            }
        }
        return true;
    }
}
