/*
 * fetch PORT PATH CONNECTIONS SECONDS: asks for one address over kept connections of loopback, one request a connection
 * at a time, and prints how many answers came a second. Bodies are thrown away in the kernel (MSG_TRUNC), because one
 * processor that copies them, as wrk does in pieces of 8 KiB, takes less than one processor serves.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define MAX_CONNECTIONS 1024
#define HEAD_BYTES 4096
#define PIECE_BYTES (1 << 20)

static struct connection {
    int fd;
    int head_length;
    long body_left; /* -1 while the head isn't complete */
    char head[HEAD_BYTES + 1];
} connections[MAX_CONNECTIONS];

static char request[1024];
static int request_length;
static long answers;
static long bytes;

static void fail(const char *what) {
    fprintf(stderr, "%s: %s\n", what, strerror(errno));
    exit(1);
}

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + t.tv_nsec / 1e9;
}

static void ask(struct connection *c) {
    c->head_length = 0;
    c->body_left = -1;
    if (send(c->fd, request, request_length, 0) != request_length)
        fail("send");
}

/* Reads up to the end of the head and whatever of the body comes with it; 0 if more must be waited for. */
static int read_head(struct connection *c) {
    int n = recv(c->fd, c->head + c->head_length, HEAD_BYTES - c->head_length, MSG_DONTWAIT);
    if (n < 0 && errno == EAGAIN)
        return 0;
    if (n <= 0)
        fail("recv");
    bytes += n;
    c->head_length += n;
    c->head[c->head_length] = 0;
    char *end = strstr(c->head, "\r\n\r\n");
    if (!end) {
        if (c->head_length == HEAD_BYTES)
            fail("a head of more than 4 KiB");
        return 0;
    }
    char *length = strcasestr(c->head, "\r\ncontent-length:");
    if (strncmp(c->head, "HTTP/1.1 200", 12) || !length || length > end) {
        fprintf(stderr, "not served cleanly: %.200s\n", c->head);
        exit(1);
    }
    c->body_left = atol(length + strlen("\r\ncontent-length:")) - (c->head + c->head_length - (end + 4));
    return 1;
}

static void on_readable(struct connection *c) {
    if (c->body_left < 0 && !read_head(c))
        return;
    while (c->body_left > 0) {
        long n = recv(c->fd, NULL, c->body_left < PIECE_BYTES ? c->body_left : PIECE_BYTES, MSG_DONTWAIT | MSG_TRUNC);
        if (n < 0 && errno == EAGAIN)
            return;
        if (n <= 0)
            fail("recv");
        bytes += n;
        c->body_left -= n;
    }
    answers++;
    ask(c);
}

int main(int argc, char **argv) {
    if (argc != 5)
        return 2;
    int count = atoi(argv[3]);
    double seconds = atof(argv[4]);
    if (count < 1 || count > MAX_CONNECTIONS)
        return 2;
    request_length = snprintf(
        request, sizeof request, "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%s\r\n\r\n", argv[2], argv[1]);
    int epoll = epoll_create1(0);
    struct sockaddr_in server = {.sin_family = AF_INET, .sin_port = htons(atoi(argv[1]))};
    server.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    for (int i = 0; i < count; i++) {
        struct connection *c = &connections[i];
        int on = 1;
        c->fd = socket(AF_INET, SOCK_STREAM, 0);
        if (c->fd < 0 || connect(c->fd, (struct sockaddr *) &server, sizeof server))
            fail("connect");
        setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        struct epoll_event event = {.events = EPOLLIN, .data.ptr = c};
        if (epoll_ctl(epoll, EPOLL_CTL_ADD, c->fd, &event))
            fail("epoll_ctl");
        ask(c);
    }
    double began = now();
    double elapsed = 0;
    while (elapsed < seconds) {
        struct epoll_event events[MAX_CONNECTIONS];
        int n = epoll_wait(epoll, events, MAX_CONNECTIONS, 100);
        for (int i = 0; i < n; i++)
            on_readable(events[i].data.ptr);
        elapsed = now() - began;
    }
    printf("%.1f answers a second, %.1f MB a second\n", answers / elapsed, bytes / elapsed / 1e6);
    return 0;
}
