package dev.lares.client.slidingsync;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.lares.client.roomhead.SyncMemoryProperties;
import dev.lares.client.sync.SyncRunner;
import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.log.AppliedPosition;
import dev.lares.core.log.LogHead;
import dev.lares.core.log.Position;
import dev.lares.core.position.ConnectionToken;
import dev.lares.core.position.PositionTokens;
import dev.lares.core.ratelimit.RateLimit;
import dev.lares.core.ratelimit.RateLimitService;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.springframework.stereotype.Component;

/// Finds the connection that a token belongs to, in memory or in the database, and goes on with it.
@Component
class Connections {
    /// How long a token of a replica that is ahead may wait for this one.
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /// How often the database hears that a connection is in use on which nothing is written.
    private static final Duration HEARD_OF = Duration.ofDays(1);

    private final ConnectionService service;
    private final ConnectionRepository repository;
    private final PositionTokens tokens;
    private final AppliedPosition applied;
    private final LogHead head;
    private final RateLimitService limits;
    private final Clock clock;
    private final RandomGenerator random;
    private final Cache<ConnectionKey, Connection> remembered;

    Connections(
            ConnectionService service,
            ConnectionRepository repository,
            PositionTokens tokens,
            AppliedPosition applied,
            LogHead head,
            RateLimitService limits,
            Clock clock,
            RandomGenerator random,
            SyncMemoryProperties memory,
            MeterRegistry meters) {
        this.service = service;
        this.repository = repository;
        this.tokens = tokens;
        this.applied = applied;
        this.head = head;
        this.limits = limits;
        this.clock = clock;
        this.random = random;
        remembered =
                Caffeine.newBuilder()
                        .maximumWeight(memory.connections().toBytes())
                        .<ConnectionKey, Connection>weigher(
                                (key, connection) -> connection.sizeBytes())
                        .recordStats()
                        .build();
        CaffeineCacheMetrics.monitor(meters, remembered, "lares.slidingsync.connections");
    }

    /// What the request's answer builds on. `M_UNKNOWN_POS` for a token that was not given out to
    /// this user, device and `conn_id`, or whose connection is over; `M_LIMIT_EXCEEDED` where a
    /// user opens too many connections.
    Base find(SlidingRequest request) {
        var key = ConnectionKey.of(request);
        if (request.pos().isEmpty()) {
            // Each writes a row, unlike what goes on.
            limits.require(RateLimit.REQUEST, request.requester().userId().value());
            var connection = new Connection(random.nextLong(), clock.instant());
            var asked = new ConnectionToken(connection.epoch(), Base.NOTHING, Position.ZERO);
            return new Base(key, connection, asked, Base.NOTHING, SentRooms.NONE, Position.ZERO);
        }
        var token = tokens.findConnection(request.pos().get()).orElseThrow(Connections::unknown);
        waitFor(token.position());
        var known =
                Optional.ofNullable(remembered.getIfPresent(key))
                        .filter(connection -> connection.epoch() == token.epoch());
        var sent = known.flatMap(connection -> connection.find(token.serial()));
        if (known.isPresent() && sent.isPresent()) {
            hearOf(key, known.get());
            return new Base(key, known.get(), token, token.serial(), sent.get(), token.position());
        }
        return load(key, token, known);
    }

    private Base load(ConnectionKey key, ConnectionToken token, Optional<Connection> known) {
        var row =
                repository
                        .find(key, token.epoch(), token.serial())
                        .orElseThrow(Connections::unknown);
        var sent = row.sent().orElseThrow(Connections::unknown);
        var connection = known.orElseGet(() -> new Connection(token.epoch(), row.usedAt()));
        connection.remember(token.serial(), sent);
        remembered.put(key, connection);
        hearOf(key, connection);
        return new Base(key, connection, token, token.serial(), sent, token.position());
    }

    private void hearOf(ConnectionKey key, Connection connection) {
        var now = clock.instant();
        if (connection.isUnheardSince(now.minus(HEARD_OF), now)) {
            repository.touch(key, connection.epoch());
        }
    }

    private void waitFor(Position position) {
        try {
            if (applied.await(position, PATIENCE)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SyncRunner.busy();
        }
        if (head.hasLost(position)) {
            throw unknown();
        }
        throw SyncRunner.busy();
    }

    /// Goes on from what an answer builds on to what it tells, durably where that is more than a
    /// later position. `M_UNKNOWN_POS` where the connection is over meanwhile.
    Base goOn(Base base, SentChanges changes, Position upTo) {
        if (!base.isFresh() && changes.isEmpty()) {
            return base.at(base.serial(), base.sent(), upTo);
        }
        var sent = changes.after();
        int serial = random.nextInt(1, Integer.MAX_VALUE);
        if (base.isFresh()) {
            service.open(base.key(), base.asked().epoch(), serial, sent);
        } else if (!service.goOn(
                base.key(), base.asked().epoch(), base.asked().serial(), serial, sent)) {
            throw unknown();
        }
        base.connection().remember(serial, sent);
        remembered.put(base.key(), base.connection());
        return base.at(serial, sent, upTo);
    }

    private static MatrixException unknown() {
        return new MatrixException(
                ErrorCode.M_UNKNOWN_POS, "The connection is over: start without 'pos'");
    }
}
