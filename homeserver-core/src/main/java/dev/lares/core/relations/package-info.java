/// What relates to events: [pages of
/// relations](https://spec.matrix.org/v1.19/client-server-api/#relationships-api), [bundled
/// aggregations](https://spec.matrix.org/v1.19/client-server-api/#aggregations-of-child-events),
/// and threads. Whoever shows events of a timeline to a client does so through [BundledRendering],
/// or, where they are kept for many, with what [SharedAggregations] finds. Table: relation_place,
/// which the log fills.
@NullMarked
package dev.lares.core.relations;

import org.jspecify.annotations.NullMarked;
