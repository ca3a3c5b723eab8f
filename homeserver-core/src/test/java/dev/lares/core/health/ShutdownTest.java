package dev.lares.core.health;

import static dev.lares.core.testing.MatrixAssertions.assertThat;

import dev.lares.core.testing.TestDatabase;
import dev.lares.core.testing.TestHomeserver;
import dev.lares.core.testing.TestResponse;
import dev.lares.core.web.EmptyResponse;
import dev.lares.core.web.SpecEndpoint;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;

class ShutdownTest {
    @RestController
    static class ParkingController implements ParkedRequests {
        static final CountDownLatch PARKED = new CountDownLatch(1);

        private final DeferredResult<EmptyResponse> parked = new DeferredResult<>(300_000L);

        @SpecEndpoint(operationId = "park", auth = SpecEndpoint.Access.NONE, rateLimited = false)
        @GetMapping("/park")
        DeferredResult<EmptyResponse> park() {
            PARKED.countDown();
            return parked;
        }

        @Override
        public void release() {
            parked.setResult(EmptyResponse.INSTANCE);
        }
    }

    @Test
    void answersParkedRequestsAndDoesNotWaitForThem() throws Exception {
        var server =
                TestHomeserver.start(
                        TestDatabase.create(), List.of(), List.of(ParkingController.class));
        var poll = new FutureTask<TestResponse>(() -> server.get("/park"));
        Thread.startVirtualThread(poll);
        assertThat(ParkingController.PARKED.await(30, TimeUnit.SECONDS)).isTrue();
        var before = Instant.now();
        server.close();
        assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(10));
        assertThat(poll.get(10, TimeUnit.SECONDS)).isOk().hasJson("{}");
    }
}
