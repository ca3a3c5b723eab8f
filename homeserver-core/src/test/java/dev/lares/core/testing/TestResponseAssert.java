package dev.lares.core.testing;

import org.assertj.core.api.AbstractAssert;
import tools.jackson.databind.json.JsonMapper;

/// What tests say about an answer.
public final class TestResponseAssert extends AbstractAssert<TestResponseAssert, TestResponse> {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    TestResponseAssert(TestResponse actual) {
        super(actual, TestResponseAssert.class);
    }

    public TestResponseAssert hasStatus(int status) {
        if (actual.status() != status) {
            failWithMessage("Expected status %s but got %s", status, actual);
        }
        return this;
    }

    public TestResponseAssert isOk() {
        return hasStatus(200);
    }

    /// The answer is a standard error response with this code.
    public TestResponseAssert hasErrcode(String errcode) {
        hasJsonType();
        if (!errcode.equals(actual.json().path("errcode").asString(""))
                || !actual.json().path("error").isString()) {
            failWithMessage("Expected errcode %s but got %s", errcode, actual);
        }
        return this;
    }

    /// The answer is this JSON, whatever the order of its members.
    public TestResponseAssert hasJson(String json) {
        hasJsonType();
        if (!MAPPER.readTree(json).equals(actual.json())) {
            failWithMessage("Expected %s but got %s", json, actual);
        }
        return this;
    }

    /// The value at a JSON pointer is this JSON value.
    public TestResponseAssert hasJson(String pointer, String json) {
        hasJsonType();
        if (!MAPPER.readTree(json).equals(actual.json().at(pointer))) {
            failWithMessage("Expected %s at %s but got %s", json, pointer, actual);
        }
        return this;
    }

    /// There is a value at the JSON pointer.
    public TestResponseAssert hasMember(String pointer) {
        if (actual.json().at(pointer).isMissingNode()) {
            failWithMessage("Expected something at %s but got %s", pointer, actual);
        }
        return this;
    }

    public TestResponseAssert lacksMember(String pointer) {
        if (!actual.json().at(pointer).isMissingNode()) {
            failWithMessage("Expected nothing at %s but got %s", pointer, actual);
        }
        return this;
    }

    public TestResponseAssert hasHeader(String name, String value) {
        if (!value.equals(actual.header(name).orElse(null))) {
            failWithMessage("Expected %s: %s but got %s", name, value, actual.headers());
        }
        return this;
    }

    private void hasJsonType() {
        var type = actual.header("Content-Type").orElse("");
        if (!type.startsWith("application/json")) {
            failWithMessage("Expected JSON but got %s: %s", type, actual);
        }
    }
}
