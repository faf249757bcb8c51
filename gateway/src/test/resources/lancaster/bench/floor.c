/*
 * The least that a program can use which sends a stream in so many wake-ups a second: each is a sleep to its moment,
 * reading what a publisher has sent meanwhile, and datagrams of RTP and seven TS packets to a multicast group on
 * loopback, in one call that the kernel cuts.
 *
 *   floor GROUP PORT WAKE-UPS-A-SECOND DATAGRAMS [LISTEN]
 *
 * DATAGRAMS 0 sends nothing. With LISTEN it says "listening PORT" and takes one connection of loopback. Goes on until it
 * is ended.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { DATAGRAM = 12 + 7 * 188, MOST = 7, UDP_CUT = 103 };

static int publisher(void) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
    socklen_t size = sizeof address;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0 || bind(fd, (struct sockaddr *)&address, size) != 0 || listen(fd, 1) != 0
        || getsockname(fd, (struct sockaddr *)&address, &size) != 0) {
        return -1;
    }
    printf("listening %d\n", ntohs(address.sin_port));
    fflush(stdout);
    return accept(fd, NULL, NULL);
}

int main(int count, char **arguments) {
    static char datagrams[MOST * DATAGRAM], in[1 << 16];
    int segment = DATAGRAM, run = count > 4 ? atoi(arguments[4]) : -1;
    if (run < 0 || run > MOST) return 64;
    int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    struct sockaddr_in group = {.sin_family = AF_INET, .sin_port = htons(atoi(arguments[2]))};
    struct in_addr loopback = {htonl(INADDR_LOOPBACK)};
    if (fd < 0 || inet_pton(AF_INET, arguments[1], &group.sin_addr) != 1
        || setsockopt(fd, IPPROTO_IP, IP_MULTICAST_IF, &loopback, sizeof loopback) != 0
        || (run > 1 && setsockopt(fd, IPPROTO_UDP, UDP_CUT, &segment, sizeof segment) != 0)
        || connect(fd, (struct sockaddr *)&group, sizeof group) != 0) {
        perror("socket");
        return 1;
    }
    int from = count > 5 ? publisher() : -1;
    int64_t interval = (int64_t)(1e9 / atof(arguments[3]));
    struct timespec next;
    clock_gettime(CLOCK_MONOTONIC, &next);
    puts("ready");
    fflush(stdout);
    for (;;) {
        int64_t time = next.tv_sec * 1000000000LL + next.tv_nsec + interval;
        next.tv_sec = time / 1000000000LL;
        next.tv_nsec = time % 1000000000LL;
        clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &next, NULL);
        if (from >= 0 && recv(from, in, sizeof in, MSG_DONTWAIT) == 0) return 0;
        if (run > 0 && send(fd, datagrams, run * DATAGRAM, 0) < 0) return 1;
    }
}
