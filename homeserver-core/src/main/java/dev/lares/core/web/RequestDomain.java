package dev.lares.core.web;

import dev.lares.core.id.ServerName;

/// The hosted domain that a client request is for, by its `Host`. A controller takes it as a
/// parameter where nobody is logged in yet.
public record RequestDomain(ServerName name) {}
