/// Holds answers against the specification's OpenAPI files, and notes which operations a test got a
/// valid success from. The files are read from the folder that the property `matrix.spec.dir`
/// names.
@NullMarked
package dev.lares.core.testing.openapi;

import org.jspecify.annotations.NullMarked;
