#!/bin/sh
# Runs Lancaster on the first Java that is new enough.
set -eu

jar=/usr/share/lancaster/lancaster.jar
needed=17

# Prints the major version of a Java runtime, by the file that every one has beside it; nothing if it has none.
version_of() {
    sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "${1%/bin/java}/release" 2>/dev/null || true
}

java=${LANCASTER_JAVA-}
if [ -z "$java" ]; then
    for candidate in "${JAVA_HOME:+$JAVA_HOME/bin/java}" "$(command -v java || true)" \
        /usr/lib/jvm/default-java/bin/java /usr/lib/jvm/*/bin/java; do
        [ -x "$candidate" ] || continue
        version=$(version_of "$(readlink -f "$candidate")")
        if [ "${version:-0}" -ge "$needed" ]; then
            java=$candidate
            break
        fi
    done
fi
if [ -z "$java" ]; then
    echo "lancaster: there is no Java $needed or newer here; apt install default-jre-headless" >&2
    exit 69
fi

command=${1-}
case $command in
run | demo | receive)
    # The rest of the memory is for segments and for the system's caches.
    options="-XX:MaxRAMPercentage=30 -XX:+ExitOnOutOfMemoryError"
    if [ -n "${CACHE_DIRECTORY-}" ]; then
        # Native libraries are unpacked before they are loaded, and /tmp may be mounted noexec.
        options="$options -Dio.netty.native.workdir=$CACHE_DIRECTORY -Djna.tmpdir=$CACHE_DIRECTORY"
    fi
    ;;
*)
    options="-XX:+UseSerialGC -XX:TieredStopAtLevel=1"
    ;;
esac

as=
case $command in
key | reload | support-bundle)
    # An administrator means the service, whose state is where systemd put it.
    if [ "$(id -u)" = 0 ] && [ -d /var/lib/lancaster ] && [ -z "${STATE_DIRECTORY-}" ]; then
        export STATE_DIRECTORY=/var/lib/lancaster RUNTIME_DIRECTORY=/run/lancaster
        export LANCASTER_CONFIG="${LANCASTER_CONFIG-/etc/lancaster/lancaster.yaml}"
        # The service has to read the keys that are made.
        [ "$command" != key ] || as="setpriv --reuid=lancaster --regid=lancaster --init-groups --inh-caps=-all --"
    fi
    ;;
esac

# Options are words, none of which has a blank.
# shellcheck disable=SC2086
exec $as "$java" $options ${LANCASTER_JAVA_OPTIONS-} -jar "$jar" "$@"
