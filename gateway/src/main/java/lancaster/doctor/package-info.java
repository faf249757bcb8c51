/**
 * What is wrong with multicast on this host and its network, and what to do about it. {@code net} gathers facts, from the
 * kernel's files, by trying, and by listening; from these {@link lancaster.doctor.Situation}s the checks draw what
 * follows. What doesn't follow is unknown: there is no guessing.
 *
 * <p>The kernel's tables say less than one thinks. They don't show general queries of IGMPv3, the usual ones, at all. So
 * the doctor leaves a test group in a way that a querier must ask about ({@code TO_IN} while one source stays joined, RFC
 * 3376 §6.4.2): an asker shows in the timer of that group, without any right. That he also asks of his own accord, as the
 * memberships of others need, only packets show, which takes CAP_NET_RAW and up to 130 s.
 *
 * <p>{@code doctor --json} prints one object: {@code version} (1), {@code means} ({@code "kernel tables"} or
 * {@code "packets and kernel tables"}), {@code listenedSeconds}, {@code counts} (how many {@code ok}, {@code warning},
 * {@code problem}, {@code unknown}) and {@code findings}, worst first. A finding has {@code verdict}, {@code check},
 * {@code message}, where it is about one interface {@code interface}, and where something is to be done {@code fix}.
 * Messages are for people and change; programs go by {@code check}: {@code link}, {@code subnet}, {@code self-reception},
 * {@code group}, {@code group-address}, {@code ttl}, {@code igmp-querier}, {@code mld-querier}, {@code igmp-version},
 * {@code mld-version}, {@code snooping}, {@code bridge}, {@code reverse-path}, {@code route}, {@code firewall},
 * {@code socket-buffer}, {@code membership-limit}, {@code mtu}. The exit code is 1 where there is a problem, else 0.
 */
@NullMarked
package lancaster.doctor;

import org.jspecify.annotations.NullMarked;
