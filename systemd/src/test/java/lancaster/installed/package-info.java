/**
 * What the package does to a machine: its contents, and the service under a real systemd.
 *
 * <p>{@link lancaster.installed.BootedSystemd} boots the systemd of this machine in namespaces of its own, on a layer of
 * memory above what is installed here. That takes root; who isn't gets to know that these tests were skipped.
 */
package lancaster.installed;
