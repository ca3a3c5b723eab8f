package dev.lares.core.testing;

import org.assertj.core.api.Assertions;

/// AssertJ's assertions and those about answers: `import static
/// dev.lares.core.testing.MatrixAssertions.assertThat;`.
public final class MatrixAssertions extends Assertions {
    private MatrixAssertions() {}

    public static TestResponseAssert assertThat(TestResponse response) {
        return new TestResponseAssert(response);
    }
}
