package dev.lares.core.device;

import dev.lares.core.web.ClientAddresses;
import dev.lares.core.web.Requester;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/// Tells the [LastSeenRecorder] of each request that was let in with a device.
@Component
final class LastSeenInterceptor implements HandlerInterceptor, WebMvcConfigurer {
    private final LastSeenRecorder recorder;
    private final ClientAddresses addresses;

    LastSeenInterceptor(LastSeenRecorder recorder, ClientAddresses addresses) {
        this.recorder = recorder;
        this.addresses = addresses;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this);
    }

    @Override
    public boolean preHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (request.getDispatcherType() == DispatcherType.REQUEST) {
            Requester.of(request).ifPresent(requester -> seen(request, requester));
        }
        return true;
    }

    private void seen(HttpServletRequest request, Requester requester) {
        var userAgent = Optional.ofNullable(request.getHeader(HttpHeaders.USER_AGENT)).orElse("");
        requester
                .deviceId()
                .ifPresent(deviceId ->
                        recorder.seen(
                                requester.userNid(),
                                deviceId,
                                addresses.of(request).value(),
                                userAgent));
    }
}
