package dev.lares.core.health;

import java.util.Optional;

/// Something that must work before requests are sent here, such as the writer of the log. Every
/// bean of this type is asked for `/readyz`; it answers from memory and at once.
public interface ReadinessCheck {
    /// What is wrong, in words for an operator and without secrets; empty where all is well.
    Optional<String> problem();
}
