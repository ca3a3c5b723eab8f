/// The rooms of a space, page by page
/// ([space_hierarchy](https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv1roomsroomidhierarchy)).
/// Table: space_hierarchy_page.
@NullMarked
package dev.lares.client.spacehierarchy;

import org.jspecify.annotations.NullMarked;
