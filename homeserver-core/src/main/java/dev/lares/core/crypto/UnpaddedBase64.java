package dev.lares.core.crypto;

import java.util.Base64;
import java.util.Optional;

/// [Unpadded Base64](https://spec.matrix.org/v1.19/appendices/#unpadded-base64). Decoding takes
/// padding too, as the specification asks.
public final class UnpaddedBase64 {
    private static final Base64.Encoder STANDARD = Base64.getEncoder().withoutPadding();
    private static final Base64.Encoder URL_SAFE = Base64.getUrlEncoder().withoutPadding();

    private UnpaddedBase64() {}

    public static String encode(byte[] bytes) {
        return STANDARD.encodeToString(bytes);
    }

    public static String encodeUrlSafe(byte[] bytes) {
        return URL_SAFE.encodeToString(bytes);
    }

    /// Empty where the text is not in the standard alphabet or not of a possible length.
    public static Optional<byte[]> decode(String text) {
        return decode(text, Base64.getDecoder());
    }

    /// Empty where the text is not in the URL-safe alphabet or not of a possible length.
    public static Optional<byte[]> decodeUrlSafe(String text) {
        return decode(text, Base64.getUrlDecoder());
    }

    private static Optional<byte[]> decode(String text, Base64.Decoder decoder) {
        try {
            return Optional.of(decoder.decode(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
