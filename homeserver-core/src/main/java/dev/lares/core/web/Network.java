package dev.lares.core.web;

import java.net.InetAddress;
import java.util.regex.Pattern;

/// A range of IP addresses.
record Network(InetAddress address, int prefixBits) {
    private static final Pattern LITERAL =
            Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    /// @param text an IP literal, with or without `/bits`; anything else, a host name above all, is
    ///   an [IllegalArgumentException]
    static Network parse(String text) {
        int slash = text.indexOf('/');
        var address = parseAddress(slash < 0 ? text : text.substring(0, slash));
        int bitsMax = address.getAddress().length * 8;
        int bits = slash < 0 ? bitsMax : Integer.parseInt(text.substring(slash + 1));
        if (bits < 0 || bits > bitsMax) {
            throw new IllegalArgumentException("Not a network: " + text);
        }
        return new Network(address, bits);
    }

    /// An IP literal; names are refused and never looked up. The zone of a link-local address says
    /// nothing to others and is left out.
    static InetAddress parseAddress(String text) {
        var literal = text.strip();
        if (literal.startsWith("[") && literal.endsWith("]")) {
            literal = literal.substring(1, literal.length() - 1);
        }
        int zone = literal.indexOf('%');
        if (zone > 0) {
            literal = literal.substring(0, zone);
        }
        if (!LITERAL.matcher(literal).matches()) {
            throw new IllegalArgumentException("Not an IP address: " + text);
        }
        return InetAddress.ofLiteral(literal);
    }

    boolean contains(InetAddress other) {
        byte[] mine = address.getAddress();
        byte[] theirs = other.getAddress();
        if (mine.length != theirs.length) {
            return false;
        }
        for (int bit = 0; bit < prefixBits; bit++) {
            int mask = 0x80 >> (bit % 8);
            if ((mine[bit / 8] & mask) != (theirs[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }
}
