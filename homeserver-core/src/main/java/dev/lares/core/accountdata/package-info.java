/// [Account data](https://spec.matrix.org/v1.19/client-server-api/#client-config) and
/// [tags](https://spec.matrix.org/v1.19/client-server-api/#room-tagging). Table: account_data.
@NullMarked
package dev.lares.core.accountdata;

import org.jspecify.annotations.NullMarked;
