package dev.lares.client.roomhead;

/// JSON that is ready to be written. The bytes are not to be changed.
public final class ReadyJson {
    static final ReadyJson NONE = new ReadyJson(new byte[0]);

    private final byte[] bytes;

    public ReadyJson(byte[] bytes) {
        this.bytes = bytes;
    }

    public byte[] bytes() {
        return bytes;
    }

    int length() {
        return bytes.length;
    }
}
