/// Reading of the test vectors in `src/test/resources/vectors` and `…/spec`; their README says
/// where they come from and what their fields mean.
@NullMarked
package dev.lares.core.vectors;

import org.jspecify.annotations.NullMarked;
