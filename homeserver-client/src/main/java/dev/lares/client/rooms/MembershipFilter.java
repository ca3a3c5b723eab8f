package dev.lares.client.rooms;

import dev.lares.core.error.ErrorCode;
import dev.lares.core.error.MatrixException;
import dev.lares.core.membership.Membership;
import java.util.Optional;

/// Which members are asked for: those who are one thing, *or* are not another.
record MembershipFilter(Optional<Membership> is, Optional<Membership> isNot) {
    static MembershipFilter of(Optional<String> membership, Optional<String> notMembership) {
        return new MembershipFilter(
                membership.map(MembershipFilter::parse),
                notMembership.map(MembershipFilter::parse));
    }

    boolean wants(Membership membership) {
        if (is.isEmpty() && isNot.isEmpty()) {
            return true;
        }
        return is.filter(wanted -> wanted == membership).isPresent()
                || isNot.filter(unwanted -> unwanted != membership).isPresent();
    }

    private static Membership parse(String value) {
        return Membership.find(value)
                .orElseThrow(() ->
                        new MatrixException(
                                ErrorCode.M_INVALID_PARAM,
                                "A membership is join, invite, knock, leave or ban"));
    }
}
