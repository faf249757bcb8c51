/*
 * Records the datagrams of a multicast group on loopback with the times at which the kernel received them.
 *
 *   capture GROUP PORT FILE
 *
 * Says "ready" once it has joined, records until its standard input ends, then writes the file and says
 * "done DATAGRAMS DROPPED". A record is, in the byte order of the machine: 8 bytes nanoseconds of CLOCK_MONOTONIC,
 * 4 bytes length, the datagram.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static int64_t now(clockid_t clock) {
    struct timespec t;
    clock_gettime(clock, &t);
    return t.tv_sec * 1000000000LL + t.tv_nsec;
}

/* What CLOCK_REALTIME, by which the kernel stamps, is ahead of CLOCK_MONOTONIC. */
static int64_t offset(void) {
    int64_t best = 0, narrowest = INT64_MAX;
    for (int i = 0; i < 100; i++) {
        int64_t before = now(CLOCK_MONOTONIC), real = now(CLOCK_REALTIME), after = now(CLOCK_MONOTONIC);
        if (after - before < narrowest) {
            narrowest = after - before;
            best = real - (before + after) / 2;
        }
    }
    return best;
}

static void fail(const char *what) {
    perror(what);
    exit(1);
}

static int join(const char *group, int port) {
    int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0), on = 1, bytes = 16 << 20;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    struct ip_mreq request = {.imr_interface.s_addr = htonl(INADDR_LOOPBACK)};
    if (fd < 0 || inet_pton(AF_INET, group, &address.sin_addr) != 1) fail("socket");
    request.imr_multiaddr = address.sin_addr;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    setsockopt(fd, SOL_SOCKET, SO_RXQ_OVFL, &on, sizeof on);
    if (setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &bytes, sizeof bytes) != 0)
        setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &bytes, sizeof bytes);
    if (setsockopt(fd, SOL_SOCKET, SO_TIMESTAMPNS, &on, sizeof on) != 0) fail("SO_TIMESTAMPNS");
    if (bind(fd, (struct sockaddr *)&address, sizeof address) != 0) fail("bind");
    if (setsockopt(fd, IPPROTO_IP, IP_ADD_MEMBERSHIP, &request, sizeof request) != 0) fail("join");
    return fd;
}

int main(int count, char **arguments) {
    if (count != 4) return 64;
    int fd = join(arguments[1], atoi(arguments[2]));
    int64_t ahead = offset();
    size_t room = 64 << 20, used = 0;
    char *records = malloc(room);
    unsigned datagrams = 0, dropped = 0;
    printf("ready\n");
    fflush(stdout);
    struct pollfd waits[] = {{.fd = fd, .events = POLLIN}, {.fd = STDIN_FILENO, .events = POLLIN}};
    while (records != NULL && poll(waits, 2, -1) >= 0) {
        if (waits[1].revents != 0) break;
        if (used + 2048 > room) {
            room *= 2;
            records = realloc(records, room);
            continue;
        }
        char control[256];
        struct iovec data = {records + used + 12, 2036};
        struct msghdr message = {
            .msg_iov = &data, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof control};
        ssize_t length = recvmsg(fd, &message, MSG_DONTWAIT);
        if (length < 0) continue;
        int64_t time = 0;
        for (struct cmsghdr *c = CMSG_FIRSTHDR(&message); c != NULL; c = CMSG_NXTHDR(&message, c)) {
            if (c->cmsg_type == SO_TIMESTAMPNS) {
                struct timespec stamp;
                memcpy(&stamp, CMSG_DATA(c), sizeof stamp);
                time = stamp.tv_sec * 1000000000LL + stamp.tv_nsec - ahead;
            } else if (c->cmsg_type == SO_RXQ_OVFL) {
                memcpy(&dropped, CMSG_DATA(c), sizeof dropped);
            }
        }
        uint32_t bytes = (uint32_t)length;
        memcpy(records + used, &time, 8);
        memcpy(records + used + 8, &bytes, 4);
        used += 12 + (size_t)length;
        datagrams++;
    }
    FILE *file = fopen(arguments[3], "wb");
    if (records == NULL || file == NULL || fwrite(records, 1, used, file) != used || fclose(file) != 0) fail("write");
    printf("done %u %u\n", datagrams, dropped);
    return 0;
}
