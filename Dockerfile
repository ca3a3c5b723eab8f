# syntax=docker/dockerfile:1
FROM eclipse-temurin:25-jdk AS build
WORKDIR /source
COPY . .
RUN --mount=type=cache,target=/root/.m2 ./mvnw --batch-mode -Dfast -DskipTests package \
 && cp homeserver-app/target/homeserver-app-*.jar /lares.jar

FROM eclipse-temurin:25-jre
RUN groupadd --system --gid 10001 lares \
 && useradd --system --uid 10001 --gid lares --home-dir /var/lib/lares --create-home lares \
 && install --directory --owner lares --group lares /opt/lares
USER lares
WORKDIR /opt/lares
ENV JAVA_TOOL_OPTIONS="-XX:+UseG1GC -XX:+UseCompactObjectHeaders -XX:MaxRAMPercentage=60 -XX:+ExitOnOutOfMemoryError" \
    LARES_DATA_DIR=/var/lib/lares
# Starts the server once, on a PostgreSQL of its own that is thrown away, puts a load on it, and keeps what the JVM learnt: it fits only
# this JVM with these options and files, so it is made here and not in the build above.
RUN --mount=type=bind,from=build,source=/lares.jar,target=/tmp/lares.jar java -jar /tmp/lares.jar unpack /opt/lares
VOLUME /var/lib/lares
EXPOSE 8008
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8008 && printf 'GET /health HTTP/1.0\\r\\n\\r\\n' >&3 && grep -q '200 OK' <&3"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["java", "-XX:AOTCache=/opt/lares/lares.aot", "-jar", "/opt/lares/lares.jar"]
