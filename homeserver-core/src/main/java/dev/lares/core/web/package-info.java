/// What every HTTP endpoint shares: who calls, how often, and how failures look.
@NullMarked
package dev.lares.core.web;

import org.jspecify.annotations.NullMarked;
