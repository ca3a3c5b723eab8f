package dev.lares.client.setup;

import dev.lares.core.account.SetupLinkService;
import java.io.PrintStream;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/// Prints the link of the first administrator, as long as there is none. It goes to the console and
/// not to the log: logs are shipped and kept, and the link is a secret.
@Component
class SetupLinkAnnouncement {
    private final SetupLinkService links;

    SetupLinkAnnouncement(SetupLinkService links) {
        this.links = links;
    }

    /// Only where a web server runs: the command line shows no link.
    @EventListener
    void ready(ApplicationReadyEvent event) {
        if (event.getApplicationContext() instanceof WebServerApplicationContext web
                && web.getWebServer() != null) {
            var server = web.getWebServer();
            links.create().ifPresent(link -> print(server.getPort(), link, System.out));
        }
    }

    private static void print(int port, String link, PrintStream console) {
        console.printf(
                """

                This server has no administrator yet. Make the first one in a browser, within a day:

                    http://localhost:%d%s

                From elsewhere, put this server's address in the place of http://localhost:%d.

                """,
                port, link, port);
        console.flush();
    }
}
