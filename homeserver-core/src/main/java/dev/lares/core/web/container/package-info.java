/// The servlet container set up for Matrix: raw URIs, limits, [CORS
/// headers](https://spec.matrix.org/v1.19/client-server-api/#web-browser-clients) on every answer,
/// and JSON also where the container itself refuses. Owns no table.
@NullMarked
package dev.lares.core.web.container;

import org.jspecify.annotations.NullMarked;
