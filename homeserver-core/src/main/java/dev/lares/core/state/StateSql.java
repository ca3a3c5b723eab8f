package dev.lares.core.state;

/// Pieces of the statements that read states. A statement is a source of keys, `k`, each with the
/// place where its entries are looked for, and a probe; all pieces are constant.
final class StateSql {
    private StateSql() {}

    /// `k`: all keys of the rooms of `place` but members, as two ranges of the index.
    static final String KEYS_WITHOUT_MEMBERS =
            """
            CROSS JOIN LATERAL (
                SELECT key_nid, type, state_key FROM state_key
                WHERE room_nid = p.room_nid AND type < 'm.room.member'
                UNION ALL
                SELECT key_nid, type, state_key FROM state_key
                WHERE room_nid = p.room_nid AND type > 'm.room.member'
            ) k
            """;

    static final String KEYS_OF_TYPES =
            """
            CROSS JOIN LATERAL (
                SELECT s.key_nid, s.type, s.state_key
                FROM unnest(:types) AS t(type)
                JOIN state_key s ON s.room_nid = p.room_nid AND s.type = t.type
            ) k
            """;

    static final String KEYS_NAMED =
            """
            JOIN unnest(:keyRooms, :types, :stateKeys) AS w(room_nid, type, state_key)
              ON w.room_nid = p.room_nid
            JOIN state_key k
              ON k.room_nid = p.room_nid AND k.type = w.type AND k.state_key = w.state_key
            """;

    static final String ALL_KEYS =
            """
            JOIN state_key k ON k.room_nid = p.room_nid
            """;

    /// The versions that were current at a position: of each room, the newest version up to it on
    /// the newest root up to it.
    static final String PLACES_AT_POSITION =
            """
            WITH p AS MATERIALIZED (
                SELECT r.room_nid, l.line, v.ver
                FROM unnest(:rooms) AS r(room_nid)
                CROSS JOIN LATERAL (
                    SELECT line FROM state_line
                    WHERE room_nid = r.room_nid AND from_pos <= :pos
                    ORDER BY from_pos DESC, line DESC
                    LIMIT 1
                ) l
                CROSS JOIN LATERAL (
                    SELECT ver FROM state_entry
                    WHERE room_nid = r.room_nid AND line = l.line AND pos <= :pos
                    ORDER BY pos DESC
                    LIMIT 1
                ) v
            )
            """;

    /// As `PLACES_AT_POSITION`, with a position for each room.
    static final String PLACES_AT_POSITIONS =
            """
            WITH p AS MATERIALIZED (
                SELECT r.room_nid, l.line, v.ver
                FROM unnest(:rooms, :positions) AS r(room_nid, pos)
                CROSS JOIN LATERAL (
                    SELECT line FROM state_line
                    WHERE room_nid = r.room_nid AND from_pos <= r.pos
                    ORDER BY from_pos DESC, line DESC
                    LIMIT 1
                ) l
                CROSS JOIN LATERAL (
                    SELECT ver FROM state_entry
                    WHERE room_nid = r.room_nid AND line = l.line AND pos <= r.pos
                    ORDER BY pos DESC
                    LIMIT 1
                ) v
            )
            """;

    /// One version and the versions that it stands on, nearest first.
    static final String PLACES_AT_REF =
            """
            WITH RECURSIVE p AS (
                SELECT CAST(:room AS bigint) AS room_nid, CAST(:line AS integer) AS line,
                       CAST(:ver AS integer) AS ver, 0 AS level
                UNION ALL
                SELECT l.room_nid, l.parent_line, l.parent_ver, p.level + 1
                FROM p JOIN state_line l ON l.room_nid = p.room_nid AND l.line = p.line
                WHERE l.parent_line IS NOT NULL
            )
            """;

    /// Of each place, the whole state but what is gone.
    static final String WHOLE =
            """
            SELECT e.key_nid, k.type, k.state_key, e.event_nid, p.room_nid
            FROM p
            CROSS JOIN LATERAL (
                SELECT DISTINCT ON (key_nid) key_nid, event_nid
                FROM state_entry
                WHERE room_nid = p.room_nid AND line = p.line AND ver <= p.ver
                ORDER BY key_nid DESC, ver DESC
            ) e
            JOIN state_key k ON k.room_nid = p.room_nid AND k.key_nid = e.key_nid
            WHERE e.event_nid <> 0
            """;

    /// Of each place, the keys of that source.
    static String probe(String keys) {
        return """
        SELECT k.key_nid, k.type, k.state_key, e.event_nid, p.room_nid
        FROM p
        """
                + keys
                + """
                CROSS JOIN LATERAL (
                    SELECT event_nid FROM state_entry
                    WHERE room_nid = p.room_nid AND line = p.line
                      AND key_nid = k.key_nid AND ver <= p.ver
                    ORDER BY ver DESC
                    LIMIT 1
                ) e
                WHERE e.event_nid <> 0
                """;
    }
}
