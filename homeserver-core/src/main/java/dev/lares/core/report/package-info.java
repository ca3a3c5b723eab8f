/// [Reporting content](https://spec.matrix.org/v1.19/client-server-api/#reporting-content): what
/// users bring before the administrators. Tables: report.
@NullMarked
package dev.lares.core.report;

import org.jspecify.annotations.NullMarked;
