package dev.lares.core.log;

/// Under what a repeated request is known ([transaction
/// identifiers](https://spec.matrix.org/v1.19/client-server-api/#transaction-identifiers)): device
/// (or token where there is none), endpoint and room, and the client's `txnId`.
///
/// @param scope `deviceOrToken` of the user, never shown
/// @param endpoint the operation, with the room where the path names one
public record TransactionKey(long userNid, String scope, String endpoint, String txnId) {}
