package dev.lares.core.state;

/// What must hold of a room's rows. Each statement finds rows for which it does not: `key` names
/// the row, `problem` says why.
enum StateRule {
    PARENT(
            Subject.LINES,
            "state_line",
            """
            SELECT 'line ' || l.line AS key,
                   'stands on version ' || l.parent_ver || ' of line ' || l.parent_line
                       || ', which is not in state_version' AS problem
            FROM state_line l
            WHERE l.room_nid = :room AND l.parent_line IS NOT NULL AND NOT EXISTS (
                SELECT FROM state_version v
                WHERE v.room_nid = l.room_nid AND v.line = l.parent_line
                  AND v.ver = l.parent_ver)
            """),
    DEPTH(
            Subject.LINES,
            "state_line",
            """
            SELECT 'line ' || l.line AS key,
                   'has depth ' || l.depth || ', and what it stands on has '
                       || coalesce(p.depth, -1) AS problem
            FROM state_line l
            LEFT JOIN state_line p ON p.room_nid = l.room_nid AND p.line = l.parent_line
            WHERE l.room_nid = :room AND l.depth <> coalesce(p.depth + 1, 0)
            """),
    VERSION(
            Subject.LINES,
            "state_line",
            """
            SELECT 'line ' || l.line AS key, 'has no version in state_version' AS problem
            FROM state_line l
            WHERE l.room_nid = :room AND (l.parent_line IS NOT NULL OR l.from_pos IS NOT NULL)
              AND NOT EXISTS (
                SELECT FROM state_version v WHERE v.room_nid = l.room_nid AND v.line = l.line)
            """),
    VERSION_LINE(
            Subject.LINES,
            "state_version",
            """
            SELECT 'line ' || v.line || ', ver ' || v.ver AS key,
                   'its line is not in state_line' AS problem
            FROM state_version v
            WHERE v.room_nid = :room AND NOT EXISTS (
                SELECT FROM state_line l WHERE l.room_nid = v.room_nid AND l.line = v.line)
            """),
    CREATE_EVENT(
            Subject.LINES,
            "state_line",
            """
            SELECT 'line ' || l.line AS key,
                   'is a root without an m.room.create event at its version ' || v.ver
                       AS problem
            FROM state_line l
            CROSS JOIN LATERAL (
                SELECT min(ver) AS ver FROM state_version
                WHERE room_nid = l.room_nid AND line = l.line) v
            WHERE l.room_nid = :room AND l.from_pos IS NOT NULL AND NOT EXISTS (
                SELECT FROM state_key k
                JOIN state_entry e
                  ON e.room_nid = k.room_nid AND e.line = l.line AND e.key_nid = k.key_nid
                 AND e.ver <= v.ver AND e.event_nid <> 0
                WHERE k.room_nid = l.room_nid AND k.type = 'm.room.create'
                  AND k.state_key = '')
            """),
    ENTRY(
            Subject.LINES,
            "state_entry",
            """
            SELECT 'line ' || e.line || ', key_nid ' || e.key_nid || ', ver ' || e.ver AS key,
                   CASE
                       WHEN l.line IS NULL THEN 'its line is not in state_line'
                       WHEN k.key_nid IS NULL THEN 'its key is not in state_key'
                       WHEN l.parent_line IS NULL THEN 'is on the main line and has no pos'
                       ELSE 'is on a side line and has a pos'
                   END AS problem
            FROM state_entry e
            LEFT JOIN state_line l ON l.room_nid = e.room_nid AND l.line = e.line
            LEFT JOIN state_key k ON k.room_nid = e.room_nid AND k.key_nid = e.key_nid
            WHERE e.room_nid = :room AND (
                l.line IS NULL OR k.key_nid IS NULL OR (l.parent_line IS NULL) = (e.pos IS NULL))
            """),
    ORDER_OF_POSITIONS(
            Subject.LINES,
            "state_entry",
            """
            SELECT 'line ' || e.line || ', key_nid ' || e.key_nid || ', ver ' || e.ver AS key,
                   'became current at ' || e.pos || ', its older version ' || e.old_ver
                       || ' at ' || e.old_pos AS problem
            FROM (
                SELECT line, key_nid, ver, pos,
                       lag(ver) OVER older AS old_ver, lag(pos) OVER older AS old_pos
                FROM state_entry
                WHERE room_nid = :room AND pos IS NOT NULL
                WINDOW older AS (PARTITION BY line, key_nid ORDER BY ver)) e
            WHERE e.pos < e.old_pos
            """),
    CURRENT_STATE(
            Subject.LINES,
            "room_state",
            """
            SELECT 'key_nid ' || coalesce(s.key_nid, m.key_nid) AS key,
                   'has event_nid ' || coalesce(s.event_nid, 0)
                       || ', and the main line has ' || coalesce(m.event_nid, 0) AS problem
            FROM (SELECT key_nid, event_nid FROM room_state WHERE room_nid = :room) s
            FULL JOIN (
                SELECT DISTINCT ON (e.key_nid) e.key_nid, e.event_nid
                FROM state_entry e
                WHERE e.room_nid = :room AND e.line = (
                    SELECT line FROM state_line
                    WHERE room_nid = :room AND from_pos IS NOT NULL
                    ORDER BY from_pos DESC, line DESC LIMIT 1)
                ORDER BY e.key_nid DESC, e.ver DESC) m ON m.key_nid = s.key_nid
            WHERE coalesce(s.event_nid, 0) <> coalesce(m.event_nid, 0)
            """),
    MAIN_LINE(
            Subject.EVENTS,
            "room",
            """
            SELECT 'version ' || version AS key,
                   'has events in its timeline but no main line' AS problem
            FROM room
            WHERE room_nid = :room
              AND EXISTS (SELECT FROM timeline WHERE room_nid = :room AND pos > 0)
              AND NOT EXISTS (
                SELECT FROM state_line WHERE room_nid = :room AND from_pos IS NOT NULL)
            """),
    ENTRY_EVENT(
            Subject.EVENTS,
            "state_entry",
            """
            SELECT 'line ' || e.line || ', key_nid ' || e.key_nid || ', ver ' || e.ver AS key,
                   CASE
                       WHEN v.event_nid IS NULL
                           THEN 'event_nid ' || e.event_nid || ' is not in event'
                       ELSE 'event_nid ' || e.event_nid || ' is of key_nid '
                           || coalesce(v.key_nid, 0)
                   END AS problem
            FROM state_entry e
            LEFT JOIN event v ON v.room_nid = e.room_nid AND v.event_nid = e.event_nid
            WHERE e.room_nid = :room AND e.event_nid <> 0 AND v.key_nid IS DISTINCT FROM e.key_nid
            """),
    MAIN_VERSIONS(
            Subject.EVENTS,
            "timeline",
            """
            SELECT 'pos ' || t.pos AS key,
                   'has main_ver ' || t.main_ver || ', the row before it ' || t.before
                       AS problem
            FROM (
                SELECT pos, main_ver, lag(main_ver) OVER (ORDER BY pos) AS before
                FROM timeline WHERE room_nid = :room AND pos > 0) t
            WHERE t.main_ver < t.before
            """),
    NEWEST_MAIN_VERSION(
            Subject.EVENTS,
            "timeline",
            """
            SELECT 'pos ' || t.pos AS key,
                   'is the newest row, with main_ver ' || t.main_ver
                       || ', and the main line stands at ' || coalesce(m.ver, 0) AS problem
            FROM (SELECT pos, main_ver FROM timeline WHERE room_nid = :room AND pos > 0
                  ORDER BY pos DESC LIMIT 1) t
            CROSS JOIN (
                SELECT max(v.ver) AS ver FROM state_version v
                WHERE v.room_nid = :room AND v.line = (
                    SELECT line FROM state_line
                    WHERE room_nid = :room AND from_pos IS NOT NULL
                    ORDER BY from_pos DESC, line DESC LIMIT 1)) m
            WHERE m.ver IS DISTINCT FROM t.main_ver
            """),
    EXTREMITIES(
            Subject.EVENTS,
            "timeline",
            """
            SELECT 'pos ' || t.pos AS key,
                   CASE
                       WHEN cardinality(t.ext_nids) > 1
                            AND cardinality(t.ext_nids) IS DISTINCT FROM cardinality(t.ext_hashes)
                           THEN 'does not have the state after each of its extremities'
                       ELSE 'has an extremity that is no accepted event'
                   END AS problem
            FROM (SELECT pos, ext_nids, ext_hashes FROM timeline
                  WHERE room_nid = :room AND pos > 0 ORDER BY pos DESC LIMIT 1) t
            WHERE cardinality(t.ext_nids) > 1
                  AND cardinality(t.ext_nids) IS DISTINCT FROM cardinality(t.ext_hashes)
               OR EXISTS (
                SELECT FROM unnest(t.ext_nids) AS n(nid)
                LEFT JOIN event e ON e.room_nid = :room AND e.event_nid = n.nid
                WHERE e.flags IS NULL OR e.flags & 7 <> 0)
            """),
    TIMELINE_EVENT(
            Subject.EVENTS,
            "timeline",
            """
            SELECT 'pos ' || t.pos AS key,
                   'event_nid ' || t.event_nid || ' is not in event' AS problem
            FROM timeline t
            WHERE t.room_nid = :room AND t.event_nid <> 0 AND NOT EXISTS (
                SELECT FROM event e
                WHERE e.room_nid = t.room_nid AND e.event_nid = t.event_nid)
            """),
    EVENT(
            Subject.EVENTS,
            "event",
            """
            SELECT 'event_nid ' || e.event_nid AS key,
                   CASE
                       WHEN r.event_nid IS NULL THEN 'has no ID in event_ref'
                       WHEN r.room_nid IS DISTINCT FROM e.room_nid
                           THEN 'event_ref has it in room_nid ' || coalesce(r.room_nid, 0)
                       WHEN e.key_nid IS NOT NULL AND k.key_nid IS NULL
                           THEN 'key_nid ' || e.key_nid || ' is not in state_key'
                       WHEN k.type <> e.type
                           THEN 'is ' || e.type || ', and its state_key is of ' || k.type
                       ELSE 'the state before it, version ' || coalesce(e.state_ver, 0)
                           || ' of line ' || e.state_line || ', is not in state_version'
                   END AS problem
            FROM event e
            LEFT JOIN event_ref r ON r.event_nid = e.event_nid
            LEFT JOIN state_key k ON k.room_nid = e.room_nid AND k.key_nid = e.key_nid
            LEFT JOIN state_version v
              ON v.room_nid = e.room_nid AND v.line = e.state_line AND v.ver = e.state_ver
            WHERE e.room_nid = :room AND (
                r.room_nid IS DISTINCT FROM e.room_nid
                OR e.key_nid IS NOT NULL AND k.type IS DISTINCT FROM e.type
                OR e.state_line IS NOT NULL AND v.ver IS NULL
                   -- Version 0 is the empty state, on which a room is created.
                   AND NOT (e.type = 'm.room.create' AND e.state_ver = 0))
            """),
    EVENT_REF(
            Subject.EVENTS,
            "event_ref",
            """
            SELECT 'event_nid ' || r.event_nid AS key,
                   'says that the event is here, and it is not in event' AS problem
            FROM event_ref r
            WHERE r.room_nid = :room AND NOT EXISTS (
                SELECT FROM event e
                WHERE e.room_nid = r.room_nid AND e.event_nid = r.event_nid)
            """);

    /// What a rule is about.
    enum Subject {
        /// Lines, versions and entries among themselves.
        LINES,

        /// What events and the timeline have to do with them.
        EVENTS
    }

    private final Subject subject;
    private final String table;
    private final String sql;

    StateRule(Subject subject, String table, String sql) {
        this.subject = subject;
        this.table = table;
        this.sql = sql;
    }

    Subject subject() {
        return subject;
    }

    String table() {
        return table;
    }

    String sql() {
        return sql;
    }
}
