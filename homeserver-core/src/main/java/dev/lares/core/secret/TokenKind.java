package dev.lares.core.secret;

/// What a token of ours is for. The prefix lets secret scanners and support staff recognise one.
public enum TokenKind {
    ACCESS("lat_"),
    REFRESH("lrt_"),
    LOGIN("llt_"),
    SETUP("lst_"),
    OPENID("lot_");

    private final String prefix;

    TokenKind(String prefix) {
        this.prefix = prefix;
    }

    String prefix() {
        return prefix;
    }
}
