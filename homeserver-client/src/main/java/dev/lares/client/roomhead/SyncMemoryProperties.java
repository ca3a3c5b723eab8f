package dev.lares.client.roomhead;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/// What syncs may remember so that they need not ask the database.
///
/// @param memory for all of it: ends of timelines and states, about 10 kB a room; answers that many
///   get alike; unread counts, about 200 bytes a user and room; what sliding-sync clients were
///   told, about 100 bytes a client and room
@Validated
@ConfigurationProperties("lares.sync")
public record SyncMemoryProperties(@DefaultValue("96MB") DataSize memory) {
    private static final int PARTS = 16;

    DataSize heads() {
        return part(10);
    }

    public DataSize shared() {
        return part(1);
    }

    public DataSize unread() {
        return part(3);
    }

    public DataSize connections() {
        return part(2);
    }

    private DataSize part(int sixteenths) {
        return DataSize.ofBytes(memory.toBytes() / PARTS * sixteenths);
    }
}
