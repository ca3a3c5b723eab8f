package dev.lares.core.web.body;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// On a `@RequestBody`: numbers may be of any kind. For what never becomes part of an event and is
/// specified with fractions, such as the `order` of a tag, or not at all, such as account data.
@Documented
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
public @interface LaxNumbers {}
