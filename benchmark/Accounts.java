import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Accounts made through `/_synapse/admin/v1/register`, which both servers have.
final class Accounts {
    static final String SHARED_SECRET = "a secret of the benchmark only";
    private static final String PASSWORD = "correct horse battery";
    private static final String ADMIN_PATH = "/_synapse/admin/v1/register";
    private static final AtomicLong serial = new AtomicLong();
    private static final String RUN = Long.toString(System.currentTimeMillis(), 36);

    private Accounts() {}

    record Account(String id, String token) {}

    /// An account with a name that no run had before.
    static Account register(URI server) throws IOException {
        var name = "b" + RUN + "-" + serial.incrementAndGet();
        try (var client = new MatrixClient(server, "")) {
            var nonce = Json.text(client.get(ADMIN_PATH), "nonce");
            var answer =
                    client.post(
                            ADMIN_PATH,
                            """
                            {"nonce":"%s","username":"%s","password":"%s","admin":false,"mac":"%s"}\
                            """
                                    .formatted(nonce, name, PASSWORD, mac(nonce, name)));
            return new Account(Json.text(answer, "user_id"), Json.text(answer, "access_token"));
        }
    }

    /// The token of a new device.
    static String login(URI server, String user) throws IOException {
        try (var client = new MatrixClient(server, "")) {
            var answer =
                    client.post(
                            "/_matrix/client/v3/login",
                            """
                            {"type":"m.login.password","identifier":{"type":"m.id.user","user":"%s"},"password":"%s"}\
                            """
                                    .formatted(user, PASSWORD));
            return Json.text(answer, "access_token");
        }
    }

    private static String mac(String nonce, String name) {
        try {
            var mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(SHARED_SECRET.getBytes(UTF_8), "HmacSHA1"));
            var covered = String.join("\0", nonce, name, PASSWORD, "notadmin");
            return HexFormat.of().formatHex(mac.doFinal(covered.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA1", e);
        }
    }
}
