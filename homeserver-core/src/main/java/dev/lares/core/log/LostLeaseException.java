package dev.lares.core.log;

/// Another replica has taken the work over: whoever held its lease writes nothing more.
public final class LostLeaseException extends RuntimeException {
    private static final long serialVersionUID = 1;

    LostLeaseException(Lease lease) {
        super("The lease " + lease.name() + " of epoch " + lease.epoch() + " is lost");
    }
}
