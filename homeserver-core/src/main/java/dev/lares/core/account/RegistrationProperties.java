package dev.lares.core.account;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// @param mode who may register by themselves: nobody (`closed`), who has a registration token
///   (`token`), or everybody (`open`)
/// @param guests whether guest accounts are given out
/// @param sharedSecret with it, tools register accounts at `/_synapse/admin/v1/register`; empty:
///   they cannot
/// @param reservedNames regular expressions of names that nobody registers by themselves
/// @param terms documents that must be accepted, by policy, such as `terms_of_service`
@Validated
@ConfigurationProperties("lares.registration")
public record RegistrationProperties(
        @DefaultValue("closed") Mode mode,
        @DefaultValue("false") boolean guests,
        @DefaultValue("") String sharedSecret,
        @DefaultValue List<Pattern> reservedNames,
        @DefaultValue Map<String, Policy> terms) {
    public RegistrationProperties {
        reservedNames = List.copyOf(reservedNames);
        terms = Map.copyOf(new LinkedHashMap<>(terms));
    }

    /// Who may register.
    public enum Mode {
        CLOSED,
        TOKEN,
        OPEN
    }

    /// @param version of the document
    /// @param languages name and address of the document, by language code
    public record Policy(String version, @DefaultValue Map<String, Document> languages) {
        public Policy {
            languages = Map.copyOf(languages);
        }
    }

    /// @param name what people call the document
    /// @param url where it can be read
    public record Document(String name, URI url) {}

    /// Shows no secret.
    @Override
    public String toString() {
        return "RegistrationProperties[mode=" + mode + ", guests=" + guests + "]";
    }
}
