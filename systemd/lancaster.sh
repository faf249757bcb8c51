#!/bin/sh
# Runs Lancaster on the first Java that is new enough.
set -eu

jar=/usr/share/lancaster/lancaster.jar
needed=17

# Prints what the file that every Java runtime has beside it says; nothing if it has none.
fact_of() {
    sed -n "s/^$2=\"\(.*\)\"/\1/p" "$(readlink -f "$1" | sed 's,/bin/java$,,')/release" 2>/dev/null || true
}

java=${LANCASTER_JAVA-}
if [ -z "$java" ]; then
    for candidate in "${JAVA_HOME:+$JAVA_HOME/bin/java}" "$(command -v java || true)" \
        /usr/lib/jvm/default-java/bin/java /usr/lib/jvm/*/bin/java; do
        [ -x "$candidate" ] || continue
        version=$(fact_of "$candidate" JAVA_VERSION)
        version=${version%%[!0-9]*}
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
    # Nobody reads the counters that Java would write to a file in /tmp twenty times a second.
    options="-XX:MaxRAMPercentage=30 -XX:+ExitOnOutOfMemoryError -XX:-UsePerfData"
    if [ "$(nproc)" -eq 1 ]; then
        # Media lives for a group of pictures. Where the young have room for so much it never gets among the old, whose
        # collection stops everything for a sixth of a second.
        options="$options -XX:+UseSerialGC -XX:NewRatio=1 -XX:SurvivorRatio=3"
    fi
    if [ -n "${CACHE_DIRECTORY-}" ]; then
        # Native libraries are unpacked before they are loaded, and /tmp may be mounted noexec.
        options="$options -Dio.netty.native.workdir=$CACHE_DIRECTORY -Djna.tmpdir=$CACHE_DIRECTORY"
        # Classes as the first run of this program on this Java left them when it ended: a start takes half the time.
        of=$(fact_of "$java" JAVA_RUNTIME_VERSION)-$(stat -c %s-%Y "$jar")
        classes=$CACHE_DIRECTORY/classes-$of.jsa
        if [ -s "$classes" ]; then
            options="$options -XX:SharedArchiveFile=$classes"
        else
            rm -f "$CACHE_DIRECTORY"/classes-*.jsa
            options="$options -XX:ArchiveClassesAtExit=$classes"
        fi
        options="$options -Xshare:auto -Xlog:cds*=off"
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

set -f
# Options are words, none of which has a blank.
# shellcheck disable=SC2086
exec $as "$java" $options ${LANCASTER_JAVA_OPTIONS-} -jar "$jar" "$@"
