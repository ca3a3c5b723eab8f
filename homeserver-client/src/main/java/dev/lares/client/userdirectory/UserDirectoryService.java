package dev.lares.client.userdirectory;

import dev.lares.client.userdirectory.UserDirectoryRepository.Locked;
import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.log.Position;
import dev.lares.core.membership.Membership;
import dev.lares.core.membership.RoomMembership;
import dev.lares.core.membership.UserRooms;
import dev.lares.core.web.Requester;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Service;

/// Searches users whom the requester may see: those who share a room with them, and the members of
/// rooms that are open to all; or everybody, where the settings say so. The requester is not found.
@Service
@EnableConfigurationProperties(UserDirectoryProperties.class)
class UserDirectoryService {
    static final int LIMIT_DEFAULT = 10;
    static final int LIMIT_MAX = 50;

    private static final int TERM_LENGTH_MAX = 500;
    private static final int WORDS_MAX = 10;
    private static final int PAGE = 200;

    /// How many who fit are looked at, at most, for those who are visible.
    private static final int LOOKED_AT_MAX = 5_000;

    private static final Position NEWEST = new Position(Long.MAX_VALUE);

    private final UserDirectoryRepository directory;
    private final UserRooms userRooms;
    private final UserDirectoryProperties properties;

    UserDirectoryService(
            UserDirectoryRepository directory,
            UserRooms userRooms,
            UserDirectoryProperties properties) {
        this.directory = directory;
        this.userRooms = userRooms;
        this.properties = properties;
    }

    /// Who was found.
    ///
    /// @param more whether further ones were left out
    record Found(List<DirectoryEntry> users, More more) {
        static final Found NOBODY = new Found(List.of(), More.NONE);
    }

    /// Whether there is more than the limit.
    enum More {
        NONE,
        LEFT_OUT
    }

    /// `M_INVALID_PARAM` for a limit below 0 or a term of more than 500 characters.
    ///
    /// @param limit how many at most; never more than 50
    Found search(Requester requester, String term, int limit) {
        if (limit < 0 || term.length() > TERM_LENGTH_MAX) {
            throw new MatrixException(
                    ErrorCode.M_INVALID_PARAM,
                    "'limit' is not negative, and 'search_term' has at most 500 characters");
        }
        var whole = DirectoryWords.fold(term);
        if (!properties.enabled() || whole.isEmpty()) {
            return Found.NOBODY;
        }
        var words = DirectoryWords.ofSearch(whole).stream().limit(WORDS_MAX).toList();
        int bounded = Math.min(limit, LIMIT_MAX);
        var found = new ArrayList<DirectoryEntry>();
        for (int offset = 0; offset < LOOKED_AT_MAX && found.size() <= bounded; offset += PAGE) {
            var page =
                    directory.search(
                            whole,
                            words.isEmpty() ? List.of(whole) : words,
                            requester.userNid(),
                            properties.showLockedUsers() ? Locked.SHOWN : Locked.HIDDEN,
                            PAGE,
                            offset);
            found.addAll(visible(requester, page));
            if (page.size() < PAGE) {
                break;
            }
        }
        return found.size() > bounded
                ? new Found(found.subList(0, bounded), More.LEFT_OUT)
                : new Found(found, More.NONE);
    }

    private List<DirectoryEntry> visible(Requester requester, List<DirectoryEntry> page) {
        if (properties.searchAllUsers() || page.isEmpty()) {
            return page;
        }
        var own =
                userRooms.at(requester.userNid(), NEWEST).stream()
                        .filter(room -> room.membership() == Membership.JOIN)
                        .map(RoomMembership::roomNid)
                        .toList();
        var visible =
                directory.findVisible(page.stream().map(DirectoryEntry::userNid).toList(), own);
        return page.stream().filter(entry -> visible.contains(entry.userNid())).toList();
    }
}
