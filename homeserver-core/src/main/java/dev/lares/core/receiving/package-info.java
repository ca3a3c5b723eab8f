/// Events that other servers made: the way into the log for whoever gets them ([checks on
/// receipt](https://spec.matrix.org/v1.19/server-server-api/#checks-performed-on-receipt-of-a-pdu)).
@NullMarked
package dev.lares.core.receiving;

import org.jspecify.annotations.NullMarked;
