package dev.lares.client.userdirectory;

import static dev.lares.core.web.SpecEndpoint.Access.ACCESS_TOKEN;

import dev.lares.core.id.UserId;
import dev.lares.core.ratelimit.RateLimit;
import dev.lares.core.ratelimit.RateLimited;
import dev.lares.core.web.Requester;
import dev.lares.core.web.SpecEndpoint;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.Optional;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// [User directory](https://spec.matrix.org/v1.19/client-server-api/#user-directory).
@RestController
class UserDirectoryController {
    private final UserDirectoryService directory;

    UserDirectoryController(UserDirectoryService directory) {
        this.directory = directory;
    }

    /// `POST /_matrix/client/v3/user_directory/search`
    /// ([spec](https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3user_directorysearch)):
    /// at most 50 users, 10 where the client does not say. Their names are found by the words in
    /// them, whatever their case and accents.
    @SpecEndpoint(operationId = "searchUserDirectory", auth = ACCESS_TOKEN, rateLimited = true)
    @RateLimited(RateLimit.USER_DIRECTORY)
    @PostMapping({
        "/_matrix/client/v3/user_directory/search",
        "/_matrix/client/r0/user_directory/search"
    })
    SearchResponse searchUserDirectory(
            Requester requester, @Valid @RequestBody SearchRequest request) {
        var found =
                directory.search(
                        requester,
                        request.searchTerm(),
                        request.limit().orElse(UserDirectoryService.LIMIT_DEFAULT));
        return new SearchResponse(
                found.users().stream().map(User::of).toList(),
                found.more() == UserDirectoryService.More.LEFT_OUT);
    }

    record SearchRequest(@NotNull String searchTerm, Optional<Integer> limit) {}

    record SearchResponse(List<User> results, boolean limited) {}

    record User(UserId userId, Optional<String> displayName, Optional<String> avatarUrl) {
        static User of(DirectoryEntry entry) {
            return new User(entry.userId(), entry.displayName(), entry.avatarUrl());
        }
    }
}
