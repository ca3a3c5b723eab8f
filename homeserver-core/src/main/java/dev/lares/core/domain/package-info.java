/// The domains that this server hosts: there is no one server name ([server
/// name](https://spec.matrix.org/v1.19/appendices/#server-name)). Tables: signing_key.
@NullMarked
package dev.lares.core.domain;

import org.jspecify.annotations.NullMarked;
