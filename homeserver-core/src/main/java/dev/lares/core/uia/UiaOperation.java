package dev.lares.core.uia;

import dev.lares.core.web.Requester;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// What somebody must authenticate for.
///
/// @param name our name of the operation, without line breaks
/// @param requester who asks and must prove to be it; absent where nobody is logged in
/// @param flows any of them suffices; at least one
/// @param parameters what the proofs are given for; a session serves no others
public record UiaOperation(
        String name,
        Optional<Requester> requester,
        List<UiaFlow> flows,
        List<Optional<String>> parameters) {
    public UiaOperation {
        flows = List.copyOf(flows);
        parameters = List.copyOf(parameters);
        if (flows.isEmpty()) {
            throw new IllegalArgumentException("Without a flow nobody could pass");
        }
    }

    boolean offers(UiaStage stage) {
        return flows.stream().anyMatch(flow -> flow.stages().contains(stage));
    }

    /// The parameters without ambiguity: lengths first.
    byte[] parameterBytes() {
        int size = 0;
        var encoded =
                parameters.stream()
                        .map(value -> value.map(text -> text.getBytes(StandardCharsets.UTF_8)))
                        .toList();
        for (var value : encoded) {
            size += Integer.BYTES + value.map(bytes -> bytes.length).orElse(0);
        }
        var buffer = ByteBuffer.allocate(size);
        for (var value : encoded) {
            buffer.putInt(value.map(bytes -> bytes.length).orElse(-1));
            value.ifPresent(buffer::put);
        }
        return buffer.array();
    }

    /// Shows no parameters.
    @Override
    public String toString() {
        return "UiaOperation[" + name + "]";
    }
}
