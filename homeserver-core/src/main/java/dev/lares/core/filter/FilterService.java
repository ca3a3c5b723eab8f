package dev.lares.core.filter;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.json.CanonicalJson;
import dev.lares.core.json.JsonRules;
import dev.lares.core.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import org.springframework.stereotype.Service;
import tools.jackson.databind.node.ObjectNode;

/// Keeps filters. A stored filter never changes, so that it may be remembered for ever.
@Service
public class FilterService {
    /// How many different filters one user may store.
    static final int FILTERS_MAX = 1000;

    /// Longest filter, in bytes of canonical JSON.
    static final int SIZE_MAX_BYTES = 65_536;

    private static final int ATTEMPTS_MAX = 10;
    private static final int REMEMBERED_MAX = 10_000;
    private static final int INLINE_CHARACTERS_MAX = 1 << 20;
    private static final int INLINE_OVERHEAD = 500;

    private final FilterRepository repository;
    private final Cache<Key, Filter> remembered =
            Caffeine.newBuilder().maximumSize(REMEMBERED_MAX).build();

    private final Cache<String, Filter> inline =
            Caffeine.newBuilder()
                    .maximumWeight(INLINE_CHARACTERS_MAX)
                    .<String, Filter>weigher((text, filter) -> INLINE_OVERHEAD + text.length())
                    .build();

    FilterService(FilterRepository repository) {
        this.repository = repository;
    }

    /// Stores a filter and gives its ID; the same filter keeps its ID. `M_BAD_JSON` where it is
    /// none, `M_TOO_LARGE` above 64 KiB, `M_RESOURCE_LIMIT_EXCEEDED` above 1,000 filters.
    public String store(long userNid, ObjectNode json) {
        FilterParser.parse(json);
        var canonical = CanonicalJson.of(json, JsonRules.STRICT);
        if (canonical.sizeBytes() > SIZE_MAX_BYTES) {
            throw new MatrixException(ErrorCode.M_TOO_LARGE, "A filter has at most 65536 bytes");
        }
        var hash = sha256(canonical.bytes());
        var text = new String(canonical.bytes(), StandardCharsets.UTF_8);
        for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
            var id = repository.findId(userNid, hash);
            if (id.isEmpty()) {
                if (repository.count(userNid) >= FILTERS_MAX) {
                    throw new MatrixException(
                            ErrorCode.M_RESOURCE_LIMIT_EXCEEDED, "Too many different filters");
                }
                id = repository.insertNext(userNid, hash, text);
            }
            if (id.isPresent()) {
                return Integer.toString(id.get());
            }
        }
        throw new IllegalStateException("user_filter: no ID was free for user " + userNid);
    }

    /// The JSON of a stored filter of that user.
    public Optional<ObjectNode> findJson(long userNid, String filterId) {
        return parseId(filterId)
                .flatMap(id -> repository.findJson(userNid, id))
                .map(FilterService::parseJson);
    }

    /// What a `filter` parameter says: JSON where it begins with a brace, else the ID of a stored
    /// filter of that user. `M_BAD_JSON` or `M_INVALID_PARAM` where it is neither.
    public Filter resolve(long userNid, String parameter) {
        if (parameter.startsWith("{")) {
            // The same few from all who use one client; and who waits holds no copy of their own.
            return inline.get(parameter, text -> FilterParser.parse(parseJson(text)));
        }
        var id = parseId(parameter).orElseThrow(() -> unknown());
        var key = new Key(userNid, id);
        var known = remembered.getIfPresent(key);
        if (known != null) {
            return known;
        }
        var filter =
                repository
                        .findJson(userNid, id)
                        .map(FilterService::parseJson)
                        .map(FilterParser::parse)
                        .orElseThrow(() -> unknown());
        remembered.put(key, filter);
        return filter;
    }

    private static MatrixException unknown() {
        return new MatrixException(ErrorCode.M_INVALID_PARAM, 400, "No such filter");
    }

    private static ObjectNode parseJson(String json) {
        return JsonText.parseObject(json.getBytes(StandardCharsets.UTF_8), JsonRules.STRICT);
    }

    private static Optional<Integer> parseId(String filterId) {
        try {
            return Optional.of(Integer.parseInt(filterId));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    private record Key(long userNid, int filterId) {}
}
