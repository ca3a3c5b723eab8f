package dev.lares.core.web;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Finds out from where a request comes: the peer of the connection or, where that is a trusted
/// proxy, the last address in `X-Forwarded-For` that is not one. What stands before it was written
/// by the client and proves nothing.
public final class ClientAddresses {
    private final List<Network> trusted;

    ClientAddresses(TrustedProxiesProperties properties) {
        trusted = properties.trustedProxies().stream().map(Network::parse).toList();
    }

    public ClientAddress of(HttpServletRequest request) {
        var peer = Network.parseAddress(request.getRemoteAddr());
        if (!isTrusted(peer)) {
            return new ClientAddress(peer.getHostAddress());
        }
        var nearest = peer;
        for (String hop : hopsFromNearest(request)) {
            try {
                nearest = Network.parseAddress(hop);
            } catch (IllegalArgumentException e) {
                break; // a proxy that hides the address, or a forged entry
            }
            if (!isTrusted(nearest)) {
                break;
            }
        }
        return new ClientAddress(nearest.getHostAddress());
    }

    /// `https` where the connection or a trusted proxy says so.
    String scheme(HttpServletRequest request) {
        var forwarded = request.getHeader("X-Forwarded-Proto");
        return request.isSecure()
                        || ("https".equalsIgnoreCase(forwarded)
                                && isTrusted(Network.parseAddress(request.getRemoteAddr())))
                ? "https"
                : "http";
    }

    private static List<String> hopsFromNearest(HttpServletRequest request) {
        var hops = new ArrayList<String>();
        request.getHeaders("X-Forwarded-For")
                .asIterator()
                .forEachRemaining(value -> Collections.addAll(hops, value.split(",", -1)));
        return hops.reversed();
    }

    private boolean isTrusted(InetAddress address) {
        return trusted.stream().anyMatch(network -> network.contains(address));
    }
}
