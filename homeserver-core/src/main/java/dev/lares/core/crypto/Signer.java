package dev.lares.core.crypto;

import dev.lares.core.id.ServerName;

/// One of our domains with the key with which it signs.
public record Signer(ServerName serverName, SigningKey key) {}
