/// Tests of the project itself: how it is built, its structure, its documents.
@NullMarked
package dev.lares.app.build;

import org.jspecify.annotations.NullMarked;
