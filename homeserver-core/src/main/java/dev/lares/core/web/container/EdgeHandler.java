package dev.lares.core.web.container;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/// The first to see a request and the last to see its answer: gives the request its ID, answers
/// `OPTIONS`, keeps a raw `;` from being cut off, and completes the headers.
final class EdgeHandler extends Handler.Wrapper {
    private final RandomGenerator random;

    EdgeHandler(Handler next, RandomGenerator random) {
        super(next);
        this.random = random;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        var requestId = HexFormat.of().toHexDigits(random.nextLong());
        request.setAttribute(RequestIds.ATTRIBUTE, requestId);
        request.addHttpStreamWrapper(stream -> new CompletedHeaders(stream, requestId));
        if (HttpMethod.OPTIONS.is(request.getMethod())) {
            // "MUST NOT perform any logic defined for the endpoints".
            response.setStatus(HttpStatus.NO_CONTENT_204);
            response.write(true, null, callback);
            return true;
        }
        if (HttpMethod.TRACE.is(request.getMethod())) {
            // Servlets would send the request back, its access token included.
            Response.writeError(request, response, callback, HttpStatus.METHOD_NOT_ALLOWED_405);
            return true;
        }
        return super.handle(withoutPathParameters(request), response, callback);
    }

    /// Matrix identifiers may hold a `;`, and some clients do not encode it. Servlets take it for
    /// the start of a parameter and drop the rest.
    private static Request withoutPathParameters(Request request) {
        var path = request.getHttpURI().getPath();
        if (path == null || path.indexOf(';') < 0) {
            return request;
        }
        var uri = HttpURI.build(request.getHttpURI()).path(path.replace(";", "%3B")).asImmutable();
        return new Request.Wrapper(request) {
            @Override
            public HttpURI getHttpURI() {
                return uri;
            }
        };
    }

    private static final class CompletedHeaders extends HttpStream.Wrapper {
        private final String requestId;

        CompletedHeaders(HttpStream stream, String requestId) {
            super(stream);
            this.requestId = requestId;
        }

        @Override
        public void send(
                MetaData.Request request,
                MetaData.@Nullable Response response,
                boolean last,
                @Nullable ByteBuffer content,
                Callback callback) {
            super.send(
                    request, response == null ? null : complete(response), last, content, callback);
        }

        private MetaData.Response complete(MetaData.Response response) {
            var headers = HttpFields.build(response.getHttpFields());
            headers.put(RequestIds.HEADER, requestId);
            StandardHeaders.addAbsent(headers);
            return new MetaData.Response(
                    response.getStatus(),
                    response.getReason(),
                    response.getHttpVersion(),
                    headers,
                    response.getContentLength(),
                    response.getTrailersSupplier());
        }
    }
}
