/*
 * The least that a program can do to send in time: datagrams of seven TS packets at a constant rate to a multicast
 * group on loopback, each by a sleep to its moment; the first packet of one every 20 ms tells that moment as PCR. What
 * jitter a receiver sees of these is the machine's.
 *
 *   pacer GROUP PORT BITS-A-SECOND
 *
 * Sends until its standard input ends.
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

enum { PACKETS = 7, SIZE = 188, CLOCK_NS = 20000000 };

static void clock_packet(unsigned char *packet, int64_t time) {
    uint64_t ticks = (uint64_t)time * 27 / 1000;
    uint64_t base = ticks / 300 & 0x1FFFFFFFFULL, extension = ticks % 300;
    memset(packet, 0xFF, SIZE);
    packet[0] = 0x47;
    packet[1] = 0x01;
    packet[2] = 0x00;
    packet[3] = 0x20;
    packet[4] = 183;
    packet[5] = 0x10;
    packet[6] = (unsigned char)(base >> 25);
    packet[7] = (unsigned char)(base >> 17);
    packet[8] = (unsigned char)(base >> 9);
    packet[9] = (unsigned char)(base >> 1);
    packet[10] = (unsigned char)((base & 1) << 7 | 0x7E | extension >> 8);
    packet[11] = (unsigned char)extension;
}

static void null_packet(unsigned char *packet) {
    memset(packet, 0xFF, SIZE);
    packet[0] = 0x47;
    packet[1] = 0x1F;
    packet[3] = 0x10;
}

int main(int count, char **arguments) {
    if (count != 4) return 64;
    int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    struct sockaddr_in group = {.sin_family = AF_INET, .sin_port = htons(atoi(arguments[2]))};
    struct in_addr loopback = {htonl(INADDR_LOOPBACK)};
    int64_t interval = 1000000000LL * PACKETS * SIZE * 8 / atoll(arguments[3]);
    if (fd < 0 || inet_pton(AF_INET, arguments[1], &group.sin_addr) != 1
        || setsockopt(fd, IPPROTO_IP, IP_MULTICAST_IF, &loopback, sizeof loopback) != 0) {
        perror("socket");
        return 1;
    }
    unsigned char datagram[PACKETS * SIZE];
    struct timespec next;
    clock_gettime(CLOCK_MONOTONIC, &next);
    int64_t told = 0;
    struct pollfd end = {.fd = STDIN_FILENO, .events = POLLIN};
    while (poll(&end, 1, 0) == 0) {
        int64_t time = next.tv_sec * 1000000000LL + next.tv_nsec + interval;
        next.tv_sec = time / 1000000000LL;
        next.tv_nsec = time % 1000000000LL;
        for (int i = 0; i < PACKETS; i++) null_packet(datagram + i * SIZE);
        if (time - told >= CLOCK_NS) {
            clock_packet(datagram, time);
            told = time;
        }
        clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &next, NULL);
        sendto(fd, datagram, sizeof datagram, 0, (struct sockaddr *)&group, sizeof group);
    }
    return 0;
}
