package dev.lares.app.build;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Optional;
import java.util.stream.Stream;

/// Methods from which a certain method is not reached, however many calls lie between; a call of an
/// interface is followed into what implements it.
final class NeverReach extends ArchCondition<JavaMethod> {
    private final String owner;
    private final String name;

    NeverReach(String owner, String name) {
        super("never reach " + owner + "." + name);
        this.owner = owner;
        this.name = name;
    }

    @Override
    public void check(JavaMethod start, ConditionEvents events) {
        var seen = new HashSet<JavaCodeUnit>();
        var todo = new ArrayDeque<JavaCodeUnit>();
        todo.add(start);
        while (!todo.isEmpty()) {
            var method = todo.remove();
            for (var call : method.getMethodCallsFromSelf()) {
                if (isForbidden(call)) {
                    var message = start.getFullName() + " reaches " + ArchitectureRules.place(call);
                    events.add(SimpleConditionEvent.violated(start, message));
                }
                targets(call).filter(seen::add).forEach(todo::add);
            }
        }
    }

    private boolean isForbidden(JavaMethodCall call) {
        return call.getName().equals(name) && call.getTargetOwner().isAssignableTo(owner);
    }

    private static Stream<JavaMethod> targets(JavaMethodCall call) {
        var target = call.getTarget();
        var parameters = target.getRawParameterTypes().stream().map(JavaClass::getName);
        var names = parameters.toArray(String[]::new);
        var implementations =
                call.getTargetOwner().getAllSubclasses().stream()
                        .map(type -> type.tryGetMethod(target.getName(), names))
                        .flatMap(Optional::stream);
        return Stream.concat(target.resolveMember().stream(), implementations)
                .filter(method -> method.getOwner().getPackageName().startsWith("dev.lares"));
    }
}
