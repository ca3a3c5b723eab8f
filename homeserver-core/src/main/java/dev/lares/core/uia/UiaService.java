package dev.lares.core.uia;

import dev.lares.core.error.AuthenticationChallenge;
import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import tools.jackson.databind.node.JsonNodeFactory;

/// The engine of user-interactive authentication: an endpoint asks it before it acts, and tells it
/// when it has acted.
@Service
public class UiaService {
    private final UiaSessionService sessions;
    private final StageService stages;
    private final TermsParameters terms;

    UiaService(UiaSessionService sessions, StageService stages, TermsParameters terms) {
        this.sessions = sessions;
        this.stages = stages;
        this.terms = terms;
    }

    /// Lets those through who have passed all stages of a flow. Everybody else is answered with a
    /// [AuthenticationChallenge], 401; a session that was begun for something else is
    /// `M_FORBIDDEN`.
    ///
    /// @param auth the request's `auth`, as it came
    public UiaPass require(UiaOperation operation, Optional<AuthData> auth) {
        var binding = sessions.binding(operation);
        if (auth.isEmpty()) {
            throw challenge(operation, sessions.create(binding), null);
        }
        var session = resume(operation, binding, auth.get());
        var type = auth.get().type();
        if (type.isPresent()) {
            session = attempt(operation, session, type.get(), auth.get());
        }
        for (var flow : operation.flows()) {
            if (flow.passedBy(session.completed())) {
                return new UiaPass(session.hash(), session.registrationToken());
            }
        }
        throw challenge(operation, session, null);
    }

    /// Ends the session of an operation that has been carried out.
    public void finish(UiaPass pass) {
        sessions.delete(pass.session());
    }

    private UiaSession resume(UiaOperation operation, UiaSession.Binding binding, AuthData auth) {
        if (auth.session().isEmpty()) {
            // Many clients know what they will be asked and begin with the answer.
            return sessions.create(binding);
        }
        var session = sessions.find(auth.session().get());
        if (session.isEmpty()) {
            var failure =
                    new StageOutcome.Failed(
                            ErrorCode.M_UNKNOWN, "The session is not known or has expired");
            throw challenge(operation, sessions.create(binding), failure);
        }
        if (!session.get().binding().equals(binding)) {
            throw new MatrixException(
                    ErrorCode.M_FORBIDDEN, "The session was begun for another request");
        }
        return session.get();
    }

    private UiaSession attempt(
            UiaOperation operation, UiaSession session, String type, AuthData auth) {
        var stage = UiaStage.find(type).filter(operation::offers);
        if (stage.isEmpty()) {
            throw challenge(
                    operation,
                    session,
                    new StageOutcome.Failed(
                            ErrorCode.M_UNRECOGNIZED, "No flow has a stage of this type"));
        }
        if (session.completed().contains(stage.get())) {
            return session; // cannot be tried again
        }
        return switch (stages.attempt(stage.get(), session, auth)) {
            case StageOutcome.Failed failure -> throw challenge(operation, session, failure);
            case StageOutcome.Passed(var token) -> {
                var further = session.with(stage.get(), token);
                if (needsMore(operation.flows(), further.completed())) {
                    sessions.complete(session, stage.get(), token);
                }
                yield further;
            }
        };
    }

    private static boolean needsMore(List<UiaFlow> flows, Set<UiaStage> completed) {
        return flows.stream().noneMatch(flow -> flow.passedBy(completed));
    }

    private AuthenticationChallenge challenge(
            UiaOperation operation, UiaSession session, StageOutcome.@Nullable Failed failure) {
        var body = JsonNodeFactory.instance.objectNode();
        if (failure != null) {
            body.put("errcode", failure.code().name());
            body.put("error", failure.message());
        }
        if (!session.completed().isEmpty()) {
            var completed = body.putArray("completed");
            session.completed().stream().sorted().forEach(stage -> completed.add(stage.type()));
        }
        var flows = body.putArray("flows");
        for (var flow : operation.flows()) {
            var types = flows.addObject().putArray("stages");
            flow.stages().forEach(stage -> types.add(stage.type()));
        }
        var params = body.putObject("params");
        if (operation.offers(UiaStage.TERMS)) {
            params.set(UiaStage.TERMS.type(), terms.json());
        }
        body.put("session", session.id());
        return new AuthenticationChallenge(body);
    }

    /// Whether the session can still be continued, for the fallback pages.
    public boolean alive(String sessionId) {
        return sessions.find(sessionId).isPresent();
    }

    /// Passes a stage on a fallback page, outside the request that needs it. Empty where it was
    /// passed, else what was wrong; `M_NOT_FOUND` where the session is not known or has expired.
    public Optional<String> completeElsewhere(String sessionId, UiaStage stage, AuthData auth) {
        var session =
                sessions.find(sessionId)
                        .orElseThrow(() ->
                                new MatrixException(
                                        ErrorCode.M_NOT_FOUND,
                                        "The session is not known or has expired"));
        if (session.completed().contains(stage)) {
            return Optional.empty();
        }
        if (stage == UiaStage.PASSWORD && session.binding().userNid() == 0) {
            return Optional.of("Nobody is logged in whose password this could be");
        }
        return switch (stages.attempt(stage, session, auth)) {
            case StageOutcome.Failed failure -> Optional.of(failure.message());
            case StageOutcome.Passed(var token) -> {
                sessions.complete(session, stage, token);
                yield Optional.empty();
            }
        };
    }
}
