package dev.lares.core.testing;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;

/// Notes each statement that a server sends through its pool, for tests with `@HomeserverTest(with
/// = CountedStatements.Setup.class)`. What its background loops send, which have threads of their
/// own, is left out.
public final class CountedStatements {
    private static final List<String> BACKGROUND =
            List.of(
                    "log-",
                    "reader-",
                    "lease",
                    "retention",
                    "scheduling-",
                    "snapshots",
                    "typing-",
                    "room-head",
                    "user-directory",
                    "presence");

    private final List<String> sent = new CopyOnWriteArrayList<>();

    /// What was sent since the last call.
    public List<String> take() {
        var taken = List.copyOf(sent);
        sent.clear();
        return taken;
    }

    private void note(String sql) {
        var thread = Thread.currentThread().getName();
        if (BACKGROUND.stream().noneMatch(thread::startsWith)) {
            sent.add(sql.strip().replaceAll("\\s+", " "));
        }
    }

    private DataSource watch(DataSource source) {
        return watch(source, DataSource.class, Optional.empty());
    }

    private <T> T watch(T target, Class<T> as, Optional<String> sql) {
        InvocationHandler handler =
                (proxy, method, arguments) -> {
                    Object result;
                    if (target instanceof Statement && method.getName().startsWith("execute")) {
                        note(sql.orElseGet(() -> String.valueOf(arguments[0])));
                    }
                    try {
                        result = method.invoke(target, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                    if (method.getName().equals("unwrap")) {
                        return result;
                    }
                    return switch (result) {
                        case CallableStatement call -> call;
                        case PreparedStatement prepared ->
                                watch(
                                        prepared,
                                        PreparedStatement.class,
                                        Optional.of(String.valueOf(arguments[0])));
                        case Statement statement ->
                                watch(statement, Statement.class, Optional.empty());
                        case Connection connection when target instanceof DataSource ->
                                watch(connection, Connection.class, Optional.empty());
                        case null, default -> result;
                    };
                };
        return as.cast(Proxy.newProxyInstance(as.getClassLoader(), new Class<?>[] {as}, handler));
    }

    /// Puts the watch between a server and its pool.
    public static class Setup {
        @Bean
        static CountedStatements countedStatements() {
            return new CountedStatements();
        }

        @Bean
        static BeanPostProcessor statementWatch(CountedStatements counted) {
            return new BeanPostProcessor() {
                @Override
                public Object postProcessAfterInitialization(Object bean, String name) {
                    return bean instanceof DataSource source ? counted.watch(source) : bean;
                }
            };
        }
    }
}
