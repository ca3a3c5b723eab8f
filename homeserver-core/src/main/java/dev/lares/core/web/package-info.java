/// What every HTTP endpoint shares: who calls ([client
/// authentication](https://spec.matrix.org/v1.19/client-server-api/#client-authentication)), from
/// where, for which of the hosted domains, and how paths become typed parameters. Owns no table.
@NullMarked
package dev.lares.core.web;

import org.jspecify.annotations.NullMarked;
