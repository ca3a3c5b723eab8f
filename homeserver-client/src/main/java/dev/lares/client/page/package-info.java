/// The few pages that the server itself shows: plain HTML that needs no script to be used and loads
/// nothing from elsewhere. Owns no table.
@NullMarked
package dev.lares.client.page;

import org.jspecify.annotations.NullMarked;
