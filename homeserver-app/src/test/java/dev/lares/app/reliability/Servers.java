package dev.lares.app.reliability;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// The replicas that are up at the moment, as a load balancer would know them.
final class Servers {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<Replica> up = new ArrayList<>();

    void up(Replica replica) {
        lock.lock();
        try {
            up.add(replica);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void down(Replica replica) {
        lock.lock();
        try {
            up.remove(replica);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// One of those that are up, for which it waits.
    Replica pick(int turn) throws InterruptedException {
        lock.lock();
        try {
            while (up.isEmpty()) {
                changed.await();
            }
            return up.get(Math.floorMod(turn, up.size()));
        } finally {
            lock.unlock();
        }
    }

    /// What a client does before it tries again: waits a moment, or until something changes.
    void backOff() throws InterruptedException {
        lock.lock();
        try {
            if (changed.await(50, TimeUnit.MILLISECONDS)) {
                return; // worth another look at once
            }
        } finally {
            lock.unlock();
        }
    }
}
