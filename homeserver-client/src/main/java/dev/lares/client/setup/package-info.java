/// The page on which the first administrator is made, behind the one-time link that the first start
/// prints. Owns no table.
@NullMarked
package dev.lares.client.setup;

import org.jspecify.annotations.NullMarked;
