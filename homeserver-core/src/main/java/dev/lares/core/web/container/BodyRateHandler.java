package dev.lares.core.web.container;

import java.time.Duration;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.springframework.util.unit.DataSize;

/// Gives up on bodies that trickle in. A silent connection is ended by the idle timeout; one that
/// says a byte now and then is not, and would hold the thread that reads it.
final class BodyRateHandler extends Handler.Wrapper {
    private final long bytesMin;
    private final Duration window;

    /// @param perSecond what has to come each second, on average over a window
    BodyRateHandler(Handler next, DataSize perSecond, Duration window) {
        super(next);
        this.bytesMin = Math.max(1, perSecond.toBytes() * window.toMillis() / 1000);
        this.window = window;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        boolean bodiless = request.getLength() == 0;
        return super.handle(
                bodiless ? request : new RatedRequest(request, bytesMin, window),
                response,
                callback);
    }
}
