package dev.lares.client.sync;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.stereotype.Component;

/// Writes [SyncAnswer]s.
@Component
class SyncAnswerConverter implements HttpMessageConverter<SyncAnswer> {
    @Override
    public boolean canRead(Class<?> type, @Nullable MediaType mediaType) {
        return false;
    }

    @Override
    public boolean canWrite(Class<?> type, @Nullable MediaType mediaType) {
        return SyncAnswer.class.isAssignableFrom(type);
    }

    @Override
    public List<MediaType> getSupportedMediaTypes() {
        return List.of(MediaType.APPLICATION_JSON);
    }

    @Override
    public SyncAnswer read(Class<? extends SyncAnswer> type, HttpInputMessage message) {
        throw new IllegalStateException("Answers are only written");
    }

    @Override
    public void write(SyncAnswer answer, @Nullable MediaType mediaType, HttpOutputMessage message)
            throws IOException {
        message.getHeaders().setContentType(MediaType.APPLICATION_JSON);
        answer.writeTo(message.getBody());
    }
}
