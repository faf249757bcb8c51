/**
 * The gateway in a network of its own: hosts, switches that snoop, a router, loss, all in network namespaces.
 *
 * <p>{@link lancaster.lab.LabNetwork} makes one without root, by a user namespace (user_namespaces(7)), and takes all of
 * it down again; where the kernel or a program is missing the tests are skipped and say what. Each network has
 * addresses and ports of its own, so any number of them run side by side.
 */
package lancaster.lab;
