-- The sender of what notifies goes into the timeline row.

CREATE OR REPLACE FUNCTION append_event(base bigint, rows jsonb) RETURNS void LANGUAGE sql AS $$
    INSERT INTO timeline (room_nid, pos, event_nid, depth, main_ver, notif_seq, hl_seq, ext_nids, sender_nid)
    SELECT r.room_nid, base + r.at, r.event_nid, r.depth, r.main_ver, r.notif_seq, r.hl_seq, r.ext_nids, r.sender_nid
    FROM jsonb_to_recordset(rows) AS r(room_nid bigint, at bigint, event_nid bigint, depth bigint, main_ver integer,
                                       notif_seq integer, hl_seq integer, ext_nids bigint[], sender_nid bigint);
$$;
