-- What the user directory searches, kept behind the log.

CREATE TABLE directory_user (
    user_nid     bigint PRIMARY KEY,
    display_name text,
    avatar_url   text
);
COMMENT ON TABLE directory_user IS 'Users whom the user directory finds. Retention: until the account is deactivated.';

CREATE TABLE directory_word (
    word     text COLLATE "C" NOT NULL,
    user_nid bigint NOT NULL,
    PRIMARY KEY (word, user_nid)
);
CREATE INDEX directory_word_user ON directory_word (user_nid, word);
COMMENT ON TABLE directory_word IS 'What users are found by: words of their names, folded, and the names as a whole. Retention: with the row of directory_user.';

CREATE TABLE directory_room (
    room_nid bigint PRIMARY KEY,
    open     boolean NOT NULL
);
CREATE INDEX directory_room_open ON directory_room (room_nid) WHERE open;
COMMENT ON TABLE directory_room IS 'Whether the members of a room are found by everybody. Retention: with the room.';
COMMENT ON COLUMN directory_room.open IS 'Everybody may join the room or read it.';
