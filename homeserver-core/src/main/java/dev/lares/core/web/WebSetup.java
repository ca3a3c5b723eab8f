package dev.lares.core.web;

import dev.lares.core.domain.HostedDomains;
import dev.lares.core.web.body.BodyArguments;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.webmvc.autoconfigure.WebMvcRegistrations;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.format.FormatterRegistry;
import org.springframework.http.MediaType;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.ContentNegotiationConfigurer;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/// Puts the parts of this package into Spring MVC.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TrustedProxiesProperties.class)
class WebSetup implements WebMvcConfigurer {
    /// Authentication comes first, then what other packages add with a higher order.
    private static final int AUTHENTICATION_ORDER = -100;

    private final AccessTokens tokens;

    WebSetup(AccessTokens tokens) {
        this.tokens = tokens;
    }

    @Bean
    static ClientAddresses clientAddresses(TrustedProxiesProperties properties) {
        return new ClientAddresses(properties);
    }

    @Bean
    static WebMvcRegistrations webMvcRegistrations(
            BodyArguments bodies, ClientAddresses addresses, HostedDomains domains) {
        var resolvers = new ArrayList<HandlerMethodArgumentResolver>(bodies.resolvers());
        resolvers.add(new RequesterArgument());
        resolvers.add(new RequestFactsArguments(addresses, domains));
        return new WebMvcRegistrations() {
            @Override
            public RequestMappingHandlerMapping getRequestMappingHandlerMapping() {
                return new SlashTolerantMapping();
            }

            @Override
            public RequestMappingHandlerAdapter getRequestMappingHandlerAdapter() {
                return new BodyFirstAdapter(List.copyOf(resolvers));
            }
        };
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new AuthenticationInterceptor(tokens)).order(AUTHENTICATION_ORDER);
        registry.addInterceptor(new PathVariableCheck()).order(AUTHENTICATION_ORDER + 1);
    }

    @Override
    public void addFormatters(FormatterRegistry registry) {
        IdentifierConverters.register(registry);
    }

    /// Answers are JSON whatever the client says it accepts; pages set their type themselves.
    @Override
    public void configureContentNegotiation(ContentNegotiationConfigurer negotiation) {
        negotiation.ignoreAcceptHeader(true).defaultContentType(MediaType.APPLICATION_JSON);
    }
}
