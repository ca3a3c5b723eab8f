/// Tests of accounts, and a context of services for the tests of what builds on them.
@NullMarked
package dev.lares.core.account;

import org.jspecify.annotations.NullMarked;
