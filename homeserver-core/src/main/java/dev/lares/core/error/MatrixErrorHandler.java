package dev.lares.core.error;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.eclipse.jetty.http.HttpException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.ServletRequestBindingException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.context.request.async.AsyncRequestTimeoutException;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/// Turns every failure of a request into a [standard error
/// response](https://spec.matrix.org/v1.19/client-server-api/#standard-error-response).
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class MatrixErrorHandler {
    private static final Logger log = LoggerFactory.getLogger(MatrixErrorHandler.class);

    @ExceptionHandler
    ResponseEntity<byte[]> refused(MatrixException refusal) {
        return ErrorBody.of(refusal);
    }

    @ExceptionHandler
    ResponseEntity<byte[]> challenged(AuthenticationChallenge challenge) {
        return ResponseEntity.status(HttpStatus.UNAUTHORIZED)
                .contentType(MediaType.APPLICATION_JSON)
                .cacheControl(CacheControl.noStore())
                .body(challenge.body().toString().getBytes(StandardCharsets.UTF_8));
    }

    @ExceptionHandler({NoHandlerFoundException.class, NoResourceFoundException.class})
    ResponseEntity<byte[]> unknownRoute() {
        return answer(ErrorCode.M_UNRECOGNIZED, 404, "No such endpoint");
    }

    @ExceptionHandler
    ResponseEntity<byte[]> wrongMethod(HttpRequestMethodNotSupportedException failure) {
        return answer(ErrorCode.M_UNRECOGNIZED, 405, "Not with this method");
    }

    @ExceptionHandler
    ResponseEntity<byte[]> missingParameter(MissingServletRequestParameterException failure) {
        return answer(
                ErrorCode.M_MISSING_PARAM, 400, "Missing parameter " + failure.getParameterName());
    }

    /// A path variable or query parameter that is not of its type.
    @ExceptionHandler
    ResponseEntity<byte[]> badParameter(TypeMismatchException failure) {
        var refusal = refusalBehind(failure);
        if (refusal != null) {
            return ErrorBody.of(refusal);
        }
        return answer(ErrorCode.M_INVALID_PARAM, 400, "Bad value of " + failure.getPropertyName());
    }

    @ExceptionHandler({
        ServletRequestBindingException.class,
        HandlerMethodValidationException.class
    })
    ResponseEntity<byte[]> badParameters() {
        return answer(ErrorCode.M_INVALID_PARAM, 400, "A parameter has a bad value");
    }

    @ExceptionHandler
    ResponseEntity<byte[]> unreadable(HttpMessageNotReadableException failure) {
        var refusal = refusalBehind(failure);
        if (refusal != null) {
            return ErrorBody.of(refusal);
        }
        return answer(ErrorCode.M_NOT_JSON, 400, "The body cannot be read");
    }

    @ExceptionHandler
    ResponseEntity<byte[]> invalidBody(MethodArgumentNotValidException failure) {
        var field = failure.getBindingResult().getFieldError();
        return answer(
                ErrorCode.M_BAD_JSON,
                400,
                field == null
                        ? "The body is not valid"
                        : field.getField() + " " + field.getDefaultMessage());
    }

    /// The client went away; nobody reads an answer.
    @ExceptionHandler
    void clientGone(AsyncRequestNotUsableException failure) {
        log.debug("The client closed the connection");
    }

    @ExceptionHandler
    ResponseEntity<byte[]> late(AsyncRequestTimeoutException failure) {
        return ErrorBody.of(MatrixException.unavailable("The request took too long"));
    }

    /// The database is away or overloaded: the client is to come again.
    @ExceptionHandler({
        CannotGetJdbcConnectionException.class,
        CannotCreateTransactionException.class,
        DataAccessResourceFailureException.class,
        QueryTimeoutException.class,
        TransientDataAccessException.class
    })
    ResponseEntity<byte[]> databaseAway(Exception failure) {
        log.warn("The database did not answer", failure);
        return ErrorBody.of(MatrixException.unavailable("Temporarily unavailable"));
    }

    /// Whatever has no handler of its own.
    @ExceptionHandler
    @Nullable ResponseEntity<byte[]> broken(Exception bug, HttpServletResponse response)
            throws IOException {
        if (bug instanceof ErrorResponse known && known.getStatusCode().is4xxClientError()) {
            return answer(
                    ErrorCode.M_UNRECOGNIZED,
                    known.getStatusCode().value(),
                    "The server does not understand the request");
        }
        // The container reads the query when the first parameter is asked for: a broken percent
        // sign, or bytes that are not UTF-8.
        if (bug instanceof HttpException bad && bad.getCode() == HttpStatus.BAD_REQUEST.value()) {
            return answer(ErrorCode.M_INVALID_PARAM, 400, "The request cannot be read");
        }
        if (response.isCommitted()) {
            // Half an answer is out: only a cut connection tells the client that it is not whole.
            log.error("Failure within an answer", bug);
            throw new IOException("The answer broke off", bug);
        }
        // The request ID is in the logging context.
        log.error("Unhandled failure", bug);
        return answer(ErrorCode.M_UNKNOWN, 500, "Internal server error");
    }

    private static ResponseEntity<byte[]> answer(ErrorCode code, int status, String message) {
        return ErrorBody.of(new MatrixException(code, status, message, Map.of()));
    }

    private static @Nullable MatrixException refusalBehind(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof MatrixException refusal) {
                return refusal;
            }
        }
        return null;
    }
}
