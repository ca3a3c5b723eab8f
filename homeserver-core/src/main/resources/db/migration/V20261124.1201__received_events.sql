-- Events that arrive already signed: why one was refused, and what the room's extremities say of its state.

ALTER TABLE event ADD COLUMN refusal text;
COMMENT ON COLUMN event.refusal IS 'Where flags say rejected or soft-failed: the rule of the room version, and the reason.';

ALTER TABLE timeline ADD COLUMN ext_hashes bytea[];
COMMENT ON COLUMN timeline.ext_hashes IS 'Hashes (as in state_version) of the states after the extremities, in the order of ext_nids. Null where there is one extremity: then it is that of the main line. While the set of them is the same, so is what they resolve to.';
COMMENT ON COLUMN timeline.event_nid IS '0: something changed without an event that is shown (the state, the extremities, or an event that is kept and not shown); readers of events skip the row.';

CREATE OR REPLACE FUNCTION append_event(base bigint, rows jsonb) RETURNS void LANGUAGE sql AS $$
    INSERT INTO timeline (room_nid, pos, event_nid, depth, main_ver, notif_seq, hl_seq, ext_nids, sender_nid, ext_hashes)
    SELECT r.room_nid, base + r.at, r.event_nid, r.depth, r.main_ver, r.notif_seq, r.hl_seq, r.ext_nids, r.sender_nid,
           r.ext_hashes
    FROM jsonb_to_recordset(rows) AS r(room_nid bigint, at bigint, event_nid bigint, depth bigint, main_ver integer,
                                       notif_seq integer, hl_seq integer, ext_nids bigint[], sender_nid bigint,
                                       ext_hashes bytea[]);
$$;
