-- Where pages of spaces go on.

CREATE TABLE space_hierarchy_page (
    token          text COLLATE "C" PRIMARY KEY,
    user_nid       bigint NOT NULL,
    room_nid       bigint NOT NULL,
    suggested_only boolean NOT NULL,
    depth_max      integer NOT NULL,
    waiting        text NOT NULL,
    seen           text NOT NULL,
    expires_ts     bigint NOT NULL
);
CREATE INDEX space_hierarchy_page_expires ON space_hierarchy_page (expires_ts);
COMMENT ON TABLE space_hierarchy_page IS 'Walks through spaces that can be gone on with: never changed, so that a repeated request gets the same page. Retention: ten minutes.';
COMMENT ON COLUMN space_hierarchy_page.room_nid IS 'The space that the walk began with.';
COMMENT ON COLUMN space_hierarchy_page.waiting IS 'Rooms to look at, a line each: depth, space, ID; the last one is the next.';
COMMENT ON COLUMN space_hierarchy_page.seen IS 'IDs of rooms that were looked at, a line each.';
COMMENT ON COLUMN space_hierarchy_page.expires_ts IS 'Milliseconds since 1970.';
