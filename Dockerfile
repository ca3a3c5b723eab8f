# syntax=docker/dockerfile:1
FROM eclipse-temurin:25-jdk AS build
WORKDIR /source
COPY . .
RUN --mount=type=cache,target=/root/.m2 ./mvnw --batch-mode -Dfast -DskipTests package \
 && cp homeserver-app/target/homeserver-app-*.jar /lares.jar \
 && java -Djarmode=tools -jar /lares.jar extract --destination /lares

FROM eclipse-temurin:25-jre
RUN groupadd --system --gid 10001 lares \
 && useradd --system --uid 10001 --gid lares --home-dir /var/lib/lares --create-home lares
COPY --from=build --chown=lares:lares /lares /opt/lares
USER lares
WORKDIR /opt/lares
ENV JAVA_TOOL_OPTIONS="-XX:+UseG1GC -XX:+UseCompactObjectHeaders -XX:MaxRAMPercentage=60 -XX:+ExitOnOutOfMemoryError" \
    LARES_DATA_DIR=/var/lib/lares
# Starts the server once, on a PostgreSQL of its own that is thrown away, and keeps what classes it loaded: the cache fits only this
# JVM with these options, so it is made here and not in the build above.
RUN java -XX:AOTCacheOutput=lares.aot -Dspring.context.exit=onRefresh -jar lares.jar --lares.data-dir=/tmp/training --lares.http.port=0 --lares.management.port=0 \
 && rm -rf /tmp/training
VOLUME /var/lib/lares
EXPOSE 8008
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8008 && printf 'GET /health HTTP/1.0\\r\\n\\r\\n' >&3 && grep -q '200 OK' <&3"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["java", "-XX:AOTCache=lares.aot", "-jar", "lares.jar"]
