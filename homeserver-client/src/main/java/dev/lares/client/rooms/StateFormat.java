package dev.lares.client.rooms;

import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;

/// How much of a state event is asked for.
enum StateFormat {
    CONTENT,
    EVENT;

    static StateFormat get(String parameter) {
        return switch (parameter) {
            case "content" -> CONTENT;
            case "event" -> EVENT;
            default ->
                    throw new MatrixException(
                            ErrorCode.M_INVALID_PARAM, "'format' is content or event");
        };
    }
}
