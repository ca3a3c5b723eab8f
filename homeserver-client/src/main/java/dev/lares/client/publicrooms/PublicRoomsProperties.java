package dev.lares.client.publicrooms;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// @param withoutLogin whether the published room directory can be read by anybody on the network,
///   and not only by who is logged in
@Validated
@ConfigurationProperties("lares.public-rooms")
record PublicRoomsProperties(@DefaultValue("false") boolean withoutLogin) {}
