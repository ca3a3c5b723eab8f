/// Random histories of users and clients on two replicas of one database, and naive recounts of
/// what has to come of them.
@NullMarked
package dev.lares.client.histories;

import org.jspecify.annotations.NullMarked;
