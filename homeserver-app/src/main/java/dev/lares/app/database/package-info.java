/// The database of this server: the bundled PostgreSQL in the data directory, unless
/// `spring.datasource.url` names another. Owns no table.
@NullMarked
package dev.lares.app.database;

import org.jspecify.annotations.NullMarked;
