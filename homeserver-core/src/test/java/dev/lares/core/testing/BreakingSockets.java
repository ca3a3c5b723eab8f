package dev.lares.core.testing;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.SocketFactory;

/// Sockets to the database that a test can act on right when a message of the writer has left,
/// before anything has come back: the setting `socketFactory` of the driver, with the test's name
/// for it as `socketFactoryArg`.
public final class BreakingSockets extends SocketFactory {
    private static final Map<String, Action> ACTIONS = new ConcurrentHashMap<>();

    private final String name;

    /// Called by the driver.
    public BreakingSockets(String name) {
        this.name = name;
    }

    /// What happens to the socket; removed before it runs.
    public interface Action {
        void run(Socket socket) throws IOException;
    }

    /// Acts on the next message of the writer's thread.
    public static void onceSent(String name, Action action) {
        ACTIONS.put(name, action);
    }

    @Override
    public Socket createSocket() {
        return new Watched();
    }

    @Override
    public Socket createSocket(String host, int port) {
        throw new UnsupportedOperationException("The driver connects by itself");
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
        throw new UnsupportedOperationException("The driver connects by itself");
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        throw new UnsupportedOperationException("The driver connects by itself");
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress local, int localPort) {
        throw new UnsupportedOperationException("The driver connects by itself");
    }

    private final class Watched extends Socket {
        @Override
        public OutputStream getOutputStream() throws IOException {
            return new Tap(super.getOutputStream(), this);
        }
    }

    private final class Tap extends FilterOutputStream {
        private final Socket socket;

        Tap(OutputStream out, Socket socket) {
            super(out);
            this.socket = socket;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void flush() throws IOException {
            out.flush();
            if (Thread.currentThread().getName().equals("log-writer")) {
                var action = ACTIONS.remove(name);
                if (action != null) {
                    action.run(socket);
                }
            }
        }
    }
}
