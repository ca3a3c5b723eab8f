/// Authorization rules: whether an event may be, given a state of its room ([server-server
/// API](https://spec.matrix.org/v1.19/server-server-api/#authorisation-rules)). Pure functions for
/// all room versions; no tables.
@NullMarked
package dev.lares.core.auth;

import org.jspecify.annotations.NullMarked;
