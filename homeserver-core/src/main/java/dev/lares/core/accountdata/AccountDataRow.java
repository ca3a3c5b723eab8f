package dev.lares.core.accountdata;

/// The newest account data of one type.
///
/// @param roomNid 0 for global account data
/// @param content canonical JSON text
public record AccountDataRow(long roomNid, String type, long pos, String content) {}
