# boot.sh FOLDER CGROUP: as the first process of new namespaces, boots systemd on what this machine has installed, in a
# layer of memory above it. Nothing outside changes.
set -eu
folder=$1 cgroup=$2
root=$folder/root

# The namespace of control groups begins where its maker is.
if [ "${3-}" != inside ]; then
    echo 0 >"$cgroup/cgroup.procs"
    exec unshare --cgroup sh "$0" "$folder" "$cgroup" inside
fi

ip link set lo up
mkdir -p "$folder/layer"
mount -t tmpfs -o size=2g,mode=755 tmpfs "$folder/layer"
mkdir -p "$folder/layer/up" "$folder/layer/work" "$root"
mount -t overlay overlay -o "lowerdir=/,upperdir=$folder/layer/up,workdir=$folder/layer/work" "$root"

mount -t proc proc "$root/proc"
# Settings of this machine are none of its business, but for those of its network.
mount --bind "$root/proc/sys" "$root/proc/sys"
mount --bind "$root/proc/sys/net" "$root/proc/sys/net"
mount -o remount,bind,ro "$root/proc/sys"
if [ -e "$root/proc/sysrq-trigger" ]; then
    mount --bind "$root/proc/sysrq-trigger" "$root/proc/sysrq-trigger"
    mount -o remount,bind,ro "$root/proc/sysrq-trigger"
fi
mount -t sysfs -o ro sysfs "$root/sys"
mount -t cgroup2 cgroup2 "$root/sys/fs/cgroup"
mount -t tmpfs -o mode=755 tmpfs "$root/run"
mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
mount -t tmpfs -o mode=755 tmpfs "$root/dev"
for device in null zero full random urandom tty; do
    : >"$root/dev/$device"
    mount --bind "/dev/$device" "$root/dev/$device"
done
mkdir "$root/dev/pts" "$root/dev/shm"
mount -t devpts -o newinstance,ptmxmode=0666,mode=620 devpts "$root/dev/pts"
mount -t tmpfs -o mode=1777 tmpfs "$root/dev/shm"
ln -s pts/ptmx "$root/dev/ptmx"
ln -s /proc/self/fd "$root/dev/fd"
ln -s /proc/self/fd/0 "$root/dev/stdin"
ln -s /proc/self/fd/1 "$root/dev/stdout"
ln -s /proc/self/fd/2 "$root/dev/stderr"
: >"$root/dev/console"
mount --bind "$folder/console" "$root/dev/console"

# What this machine is set up to run stays out.
rm -rf "$root/etc/systemd/system" "$root/var/log/journal" "$root/usr/sbin/policy-rc.d"
mkdir -p "$root/etc/systemd/system"
[ -s "$root/etc/machine-id" ] || echo 5f1d3c9be6a74b0c8d2e4f6a8b0c2d4e >"$root/etc/machine-id"
for unit in systemd-udevd.service systemd-udev-trigger.service systemd-timesyncd.service systemd-logind.service \
    systemd-remount-fs.service systemd-update-utmp.service systemd-sysctl.service; do
    ln -s /dev/null "$root/etc/systemd/system/$unit"
done
# An index of all manual pages of this machine would be made four times.
rm -f "$root/var/lib/man-db/auto-update"
# Of the packages that are to be installed none may be here already.
rm -rf "$root/etc/lancaster" "$root/var/lib/lancaster"

cd "$root"
mkdir -p mnt
pivot_root . mnt
umount -l /mnt
exec setpriv --bounding-set -sys_time,-sys_module,-sys_rawio,-syslog \
    env -i container=test PATH=/usr/sbin:/usr/bin:/sbin:/bin /lib/systemd/systemd --system --unit=basic.target
