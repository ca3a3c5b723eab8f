package dev.lares.core.crypto;

import java.util.HexFormat;
import org.springframework.stereotype.Component;

/// Refuses to start a server whose Ed25519 is not the one that we measured and whose acceptance of
/// odd signatures we know: an overlay of class paths, or a shaded copy of another version, would
/// show here and not as rooms that fall apart.
@Component
class Ed25519Check {
    /// RFC 8032, section 7.1, test 2.
    private static final String SEED =
            "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb";

    private static final String SIGNATURE =
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                    + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00";

    Ed25519Check() {
        var key = SigningKey.of("check", HexFormat.of().parseHex(SEED));
        byte[] message = {0x72};
        byte[] signature = HexFormat.of().parseHex(SIGNATURE);
        if (!key.sign(message).equals(UnpaddedBase64.encode(signature))
                || !key.verifyKey().verifies(message, signature)
                || key.verifyKey().verifies(new byte[] {0x73}, signature)) {
            throw new IllegalStateException("Ed25519 does not sign as RFC 8032 says");
        }
        var implementation = org.bouncycastle.math.ec.rfc8032.Ed25519.class;
        var source = implementation.getProtectionDomain().getCodeSource();
        if (source != null && !source.getLocation().getPath().contains("bcprov")) {
            throw new IllegalStateException(
                    "Ed25519 comes from " + source.getLocation() + " and not from Bouncy Castle");
        }
    }
}
