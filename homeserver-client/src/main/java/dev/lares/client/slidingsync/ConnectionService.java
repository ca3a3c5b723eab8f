package dev.lares.client.slidingsync;

import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/// Writes connections, so that any replica goes on with them, also after a restart.
@Service
class ConnectionService {
    /// How many connections a device has at once; a further one ends the one that was used least
    /// recently.
    static final int CONNECTIONS_MAX = 10;

    /// How many answers that rest on the same are kept, the newest not counted.
    private static final int SIBLINGS_MAX = 3;

    private final ConnectionRepository repository;

    ConnectionService(ConnectionRepository repository) {
        this.repository = repository;
    }

    @Transactional
    void open(ConnectionKey key, long epoch, int serial, SentRooms sent) {
        repository.insertFirst(key, epoch, serial, SentRoomsCodec.encode(sent));
        repository.deleteBeyond(key, CONNECTIONS_MAX);
    }

    /// @return whether the connection is still there
    @Transactional
    boolean goOn(ConnectionKey key, long epoch, int parent, int serial, SentRooms sent) {
        return repository.insertNext(
                key, epoch, parent, serial, SentRoomsCodec.encode(sent), SIBLINGS_MAX);
    }
}
