package dev.lares.core.profile;

import dev.lares.core.account.Account;
import dev.lares.core.account.AccountService;
import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.id.UserId;
import dev.lares.core.json.JsonLimits;
import dev.lares.core.json.JsonOutput;
import dev.lares.core.json.JsonRules;
import dev.lares.core.json.JsonText;
import dev.lares.core.log.AppendItem;
import dev.lares.core.log.LogWriter;
import dev.lares.core.log.StreamRow;
import dev.lares.core.web.Requester;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Reads and changes the profiles of local users.
@Service
public class ProfileService {
    /// The whole profile stays under 64 KiB.
    static final int SIZE_MAX_BYTES = 64 * 1024 - 2;

    private static final int DISPLAYNAME_LENGTH_MAX = 256;
    private static final int AVATAR_URL_LENGTH_MAX = 1000;
    private static final Duration DEADLINE = Duration.ofSeconds(20);
    static final String STREAM = "profile";

    private final ProfileRepository profiles;
    private final AccountService accounts;
    private final LogWriter logWriter;

    ProfileService(ProfileRepository profiles, AccountService accounts, LogWriter logWriter) {
        this.profiles = profiles;
        this.accounts = accounts;
        this.logWriter = logWriter;
    }

    /// The fields of a local user, in an object of the caller's own. `M_NOT_FOUND` where there is
    /// no such user, or no more.
    public ObjectNode get(UserId userId) {
        var profile = JsonNodeFactory.instance.objectNode();
        profiles.findAll(requireUser(userId).userNid())
                .forEach((key, value) -> profile.set(key, parse(value)));
        return profile;
    }

    /// One field of a local user; `M_NOT_FOUND` where there is none.
    public JsonNode get(UserId userId, ProfileField field) {
        return profiles.find(requireUser(userId).userNid(), field)
                .map(ProfileService::parse)
                .orElseThrow(() ->
                        new MatrixException(
                                ErrorCode.M_NOT_FOUND, "The profile has no such field"));
    }

    /// Sets a field of the requester's own profile. An empty display name or avatar takes it away.
    /// `M_FORBIDDEN` for somebody else's, `M_BAD_JSON` for a value of the wrong type,
    /// `M_INVALID_PARAM` for one that is too long or no `mxc://` address, `M_PROFILE_TOO_LARGE`.
    public void set(Requester requester, UserId userId, ProfileField field, JsonNode value) {
        requireOwn(requester, userId, field);
        if (field.equals(ProfileField.DISPLAYNAME)) {
            requireText(field, value, DISPLAYNAME_LENGTH_MAX);
        } else if (field.equals(ProfileField.AVATAR_URL)) {
            var url = requireText(field, value, AVATAR_URL_LENGTH_MAX);
            if (!url.isEmpty() && !url.startsWith("mxc://")) {
                throw new MatrixException(
                        ErrorCode.M_INVALID_PARAM, "avatar_url is not an mxc:// address");
            }
        } else if (field.equals(ProfileField.TIME_ZONE)) {
            requireText(field, value, DISPLAYNAME_LENGTH_MAX);
        }
        boolean cleared = field.inRooms() && value.stringValue().isEmpty();
        change(requester.userNid(), field, cleared ? Optional.empty() : Optional.of(json(value)));
    }

    /// Takes a field of the requester's own profile away, where it is there. `M_FORBIDDEN` for
    /// somebody else's.
    public void delete(Requester requester, UserId userId, ProfileField field) {
        requireOwn(requester, userId, field);
        change(requester.userNid(), field, Optional.empty());
    }

    /// Gives an account that was just made a display name; `M_INVALID_PARAM` where it is too long.
    public void setInitialName(Account account, String name) {
        var value = JsonNodeFactory.instance.stringNode(name);
        requireText(ProfileField.DISPLAYNAME, value, DISPLAYNAME_LENGTH_MAX);
        change(account.userNid(), ProfileField.DISPLAYNAME, Optional.of(json(value)));
    }

    /// Rooms are told by [ProfilePropagation], soon.
    private void change(long userNid, ProfileField field, Optional<String> value) {
        if (profiles.find(userNid, field).equals(value)) {
            return;
        }
        var row = JsonNodeFactory.instance.objectNode();
        row.put("user_nid", userNid);
        row.put("key", field.key());
        value.ifPresent(json -> row.put("value", json));
        row.put("size_max", SIZE_MAX_BYTES);
        var item =
                new AppendItem(
                        Optional.empty(),
                        List.of(),
                        List.of(new StreamRow(STREAM, userNid, 0, row)),
                        Optional.empty());
        var result = logWriter.append(item, DEADLINE);
        if (!profiles.changedSince(userNid, field, result.position())) {
            throw new MatrixException(
                    ErrorCode.M_PROFILE_TOO_LARGE, "The profile would be larger than 64 KiB");
        }
    }

    /// Guests only name themselves.
    private void requireOwn(Requester requester, UserId userId, ProfileField field) {
        if (!requester.userId().equals(userId)) {
            throw new MatrixException(
                    ErrorCode.M_FORBIDDEN, "This profile belongs to somebody else");
        }
        if (requester.guest() && !field.equals(ProfileField.DISPLAYNAME)) {
            throw new MatrixException(
                    ErrorCode.M_GUEST_ACCESS_FORBIDDEN, "Guests have a display name only");
        }
    }

    private Account requireUser(UserId userId) {
        return accounts.find(userId)
                .filter(account -> !account.deactivated())
                .orElseThrow(
                        () -> new MatrixException(ErrorCode.M_NOT_FOUND, "There is no such user"));
    }

    private static String requireText(ProfileField field, JsonNode value, int lengthMax) {
        if (!value.isString()) {
            throw new MatrixException(ErrorCode.M_BAD_JSON, field + " is not a string");
        }
        var text = value.stringValue();
        if (text.length() > lengthMax) {
            throw new MatrixException(
                    ErrorCode.M_INVALID_PARAM,
                    field + " has more than " + lengthMax + " characters");
        }
        if (text.indexOf('\0') >= 0) {
            throw new MatrixException(ErrorCode.M_INVALID_PARAM, field + " holds a NUL");
        }
        return text;
    }

    private static String json(JsonNode value) {
        var out = new JsonOutput(256);
        out.value(value, JsonRules.STRICT);
        return new String(out.toBytes(), StandardCharsets.UTF_8);
    }

    private static JsonNode parse(String json) {
        return JsonText.parse(
                json.getBytes(StandardCharsets.UTF_8), JsonRules.STRICT, JsonLimits.CLIENT);
    }
}
