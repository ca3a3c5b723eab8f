package dev.lares.app.command;

import dev.lares.core.account.RegistrationTokenService;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/// What commands about registration tokens share.
abstract class RegistrationTokenCommand implements Runnable {
    private final ServerContext contexts;
    @Unmatched private final List<String> settings = new ArrayList<>();
    private @Nullable CommandSpec spec;

    RegistrationTokenCommand(ServerContext contexts) {
        this.contexts = contexts;
    }

    @Spec
    final void setSpec(CommandSpec own) {
        spec = own;
    }

    final PrintWriter out() {
        return Objects.requireNonNull(spec).commandLine().getOut();
    }

    final PrintWriter err() {
        return Objects.requireNonNull(spec).commandLine().getErr();
    }

    final void withTokens(BiConsumer<ApplicationContext, RegistrationTokenService> work) {
        contexts.use(
                settings,
                Map.of(),
                context -> {
                    work.accept(context, context.getBean(RegistrationTokenService.class));
                    return true;
                });
    }
}
