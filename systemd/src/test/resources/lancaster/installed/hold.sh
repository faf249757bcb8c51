# hold.sh FOLDER CGROUP BOOT: holds a booted systemd until its input ends; then nothing of it is left.
set -eu
folder=$1 cgroup=$2 boot=$3

tidy() {
    # With its supervisor dies the first process of the namespace, and with it all others.
    kill -9 "$child" 2>/dev/null || true
    wait "$child" 2>/dev/null || true
    for try in 1 2 3 4 5 6 7 8 9 10; do
        find "$cgroup" -depth -type d -exec rmdir {} \; 2>/dev/null || true
        [ -d "$cgroup" ] || return 0
        sleep 0.1
    done
}

mkdir "$cgroup"
unshare --mount --uts --ipc --net --pid --fork --kill-child=KILL --propagation private \
    sh "$boot" "$folder" "$cgroup" </dev/null >"$folder/console" 2>&1 &
child=$!
trap tidy EXIT
echo "$child"
cat >/dev/null
