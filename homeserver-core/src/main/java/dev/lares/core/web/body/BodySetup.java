package dev.lares.core.web.body;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.Validator;
import java.time.Clock;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;

/// How bodies become records and records become bodies: names in snake case, absent `Optional`s
/// left out, no value taken for one of another type, unknown members ignored.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RequestBodyProperties.class)
class BodySetup {
    @Bean
    JsonMapper matrixJsonMapper() {
        return JsonMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .changeDefaultPropertyInclusion(
                        all -> all.withValueInclusion(JsonInclude.Include.NON_ABSENT))
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .withCoercionConfigDefaults(coercions -> {
                    for (var shape : CoercionInputShape.values()) {
                        coercions.setCoercion(shape, CoercionAction.Fail);
                    }
                })
                .addModule(new MatrixJsonModule())
                .build();
    }

    @Bean
    BodyArguments bodyArguments(
            RequestBodyProperties properties, JsonMapper mapper, Validator validator, Clock clock) {
        var bodies = new BodyReader(properties, clock);
        return new BodyArguments(
                List.of(
                        new JsonBodyArgument(bodies, mapper, validator),
                        new FormBodyArgument(bodies)));
    }
}
