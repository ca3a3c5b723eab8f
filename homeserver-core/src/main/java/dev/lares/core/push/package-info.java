/// Push rules: the default rules, their evaluation, and what of it is the same for everyone ([push
/// notifications](https://spec.matrix.org/v1.19/client-server-api/#push-rules)). Pure; owns no
/// tables.
@NullMarked
package dev.lares.core.push;

import org.jspecify.annotations.NullMarked;
