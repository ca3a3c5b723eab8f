-- What an event relates to is asked when a receipt names a thread. Not CONCURRENTLY: no release has the table yet.

CREATE INDEX relation_event ON relation (event_nid);
