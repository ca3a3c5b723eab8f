package dev.lares.core.auth;

import static dev.lares.core.auth.Authorization.reject;

import dev.lares.core.crypto.SignedJson;
import dev.lares.core.crypto.UnpaddedBase64;
import dev.lares.core.crypto.VerifyKey;
import dev.lares.core.error.MatrixException;
import dev.lares.core.event.Pdu;
import dev.lares.core.json.JsonRules;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// Rule 4.4.1 of v8: an invite that somebody took up whom the room knew by an address only. The
/// identity server signed for the user, and its keys stand in the room's state
/// ([verifying](https://spec.matrix.org/v1.19/server-server-api/#verifying-the-invite)).
final class ThirdPartyInviteRules {
    /// How many pairs of key and signature are tried. An event of full size holds hundreds of
    /// signatures, and the state as many keys; real ones have two or three.
    static final int TRIES_MAX = 1000;

    private ThirdPartyInviteRules() {}

    static AuthDecision check(Authorization auth, String target) {
        var numbers = auth.numbers();
        // v8 rule 4.4.1.1
        if (auth.membershipOf(target) == MemberState.BAN) {
            return reject(numbers.thirdPartyInvite(1), "the invited user is banned");
        }
        // v8 rule 4.4.1.2
        var signed = auth.event().content().path("third_party_invite").path("signed");
        if (signed.isMissingNode()) {
            return reject(numbers.thirdPartyInvite(2), "the third-party invite is not signed");
        }
        // v8 rule 4.4.1.3
        if (!(signed instanceof ObjectNode object) || !object.has("mxid") || !object.has("token")) {
            return reject(numbers.thirdPartyInvite(3), "what is signed lacks mxid or token");
        }
        // v8 rule 4.4.1.4
        if (!object.path("mxid").stringValueOpt().equals(Optional.of(target))) {
            return reject(numbers.thirdPartyInvite(4), "it is signed for another user");
        }
        // v8 rule 4.4.1.5
        var offer =
                object.path("token")
                        .stringValueOpt()
                        .flatMap(token -> auth.state().find(StateTypes.THIRD_PARTY_INVITE, token));
        if (offer.isEmpty()) {
            return reject(numbers.thirdPartyInvite(5), "the room offers no such invite");
        }
        // v8 rule 4.4.1.6
        if (!offer.get().sender().equals(auth.event().sender())) {
            return reject(numbers.thirdPartyInvite(6), "the offer is somebody else's");
        }
        // v8 rules 4.4.1.7 and 4.4.1.8
        return isSigned(object, keys(offer.get()), auth.rules().json())
                ? AuthDecision.allowed()
                : reject(numbers.thirdPartyInvite(8), "no signature fits a key of the offer");
    }

    /// v8 rules 4.4.1.7.1 and 4.4.1.7.2. A set, so that repetitions are tried once.
    private static Set<String> keys(Pdu offer) {
        var keys = new LinkedHashSet<String>();
        offer.content().path("public_key").stringValueOpt().ifPresent(keys::add);
        for (var entry : offer.content().path("public_keys")) {
            entry.path("public_key").stringValueOpt().ifPresent(keys::add);
        }
        return keys;
    }

    private static Set<String> signatures(ObjectNode signed) {
        var signatures = new LinkedHashSet<String>();
        for (var server : signed.path("signatures")) {
            for (var signature : server.properties()) {
                if (signature.getKey().startsWith("ed25519:")) {
                    signature.getValue().stringValueOpt().ifPresent(signatures::add);
                }
            }
        }
        return signatures;
    }

    private static boolean isSigned(ObjectNode signed, Set<String> keyTexts, JsonRules rules) {
        byte[] message;
        try {
            message = SignedJson.signedBytes(signed, rules);
        } catch (MatrixException e) {
            return false;
        }
        var keys =
                keyTexts.stream()
                        .flatMap(text -> VerifyKey.parse(standardAlphabet(text)).stream())
                        .toList();
        int tries = 0;
        for (var text : signatures(signed)) {
            var signature = UnpaddedBase64.decode(standardAlphabet(text));
            if (signature.isEmpty()) {
                continue;
            }
            for (var key : keys) {
                if (tries++ == TRIES_MAX) {
                    return false;
                }
                if (key.verifies(message, signature.get())) {
                    return true;
                }
            }
        }
        return false;
    }

    /// Identity servers use either alphabet.
    private static String standardAlphabet(String base64) {
        return base64.replace('-', '+').replace('_', '/');
    }
}
