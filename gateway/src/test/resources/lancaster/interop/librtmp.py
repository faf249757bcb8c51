"""Plays URL with librtmp and gives the orders of standard input; says of each what came until the next.

Orders, one a line: pause, resume, audio on, audio off, video on, video off, end.
"""

import collections
import ctypes
import re
import sys
import threading

AUDIO, VIDEO, COMMAND = 8, 9, 20
COMMAND_CHANNEL = 8
HEADROOM = 18


class Packet(ctypes.Structure):
    _fields_ = [
        ("header_type", ctypes.c_uint8),
        ("packet_type", ctypes.c_uint8),
        ("absolute", ctypes.c_uint8),
        ("channel", ctypes.c_int),
        ("timestamp", ctypes.c_uint32),
        ("stream", ctypes.c_int32),
        ("body_size", ctypes.c_uint32),
        ("bytes_read", ctypes.c_uint32),
        ("chunk", ctypes.c_void_p),
        ("body", ctypes.c_void_p),
    ]


lib = ctypes.CDLL("librtmp.so.1")
lib.RTMP_Alloc.restype = ctypes.c_void_p
for name in ("RTMP_Init", "RTMP_SetupURL", "RTMP_Connect", "RTMP_ConnectStream", "RTMP_Pause", "RTMP_ReadPacket",
             "RTMP_ClientPacket", "RTMP_SendPacket", "RTMPPacket_Free"):
    getattr(lib, name).argtypes = None
rtmp = ctypes.c_void_p(lib.RTMP_Alloc())
lib.RTMP_Init(rtmp)
url = ctypes.create_string_buffer(sys.argv[1].encode() + b" live=1")
if not lib.RTMP_SetupURL(rtmp, url):
    sys.exit("no such URL")
if not lib.RTMP_Connect(rtmp, None) or not lib.RTMP_ConnectStream(rtmp, 0):
    sys.exit("not connected")

came = collections.Counter()
codes = []


def read():
    packet = Packet()
    while lib.RTMP_ReadPacket(rtmp, ctypes.byref(packet)):
        if packet.body_size and packet.bytes_read == packet.body_size:
            came[packet.packet_type] += 1
            if packet.packet_type == COMMAND:
                body = ctypes.string_at(packet.body, packet.body_size)
                codes.extend(code.decode() for code in re.findall(rb"NetStream\.[A-Za-z.]+", body))
            lib.RTMP_ClientPacket(rtmp, ctypes.byref(packet))
            lib.RTMPPacket_Free(ctypes.byref(packet))


def flag(command, value):
    """The name, no transaction, a null, and a boolean (AMF0)."""
    body = b"\x02" + len(command).to_bytes(2, "big") + command + b"\x00" + bytes(8) + b"\x05\x01" + bytes([value])
    buffer = ctypes.create_string_buffer(bytes(HEADROOM) + body)
    packet = Packet(0, COMMAND, 0, COMMAND_CHANNEL, 0, 1, len(body), 0, None, ctypes.addressof(buffer) + HEADROOM)
    lib.RTMP_SendPacket(rtmp, ctypes.byref(packet), 0)


ORDERS = {
    "pause": lambda: lib.RTMP_Pause(rtmp, 1),
    "resume": lambda: lib.RTMP_Pause(rtmp, 0),
    "audio on": lambda: flag(b"receiveAudio", 1),
    "audio off": lambda: flag(b"receiveAudio", 0),
    "video on": lambda: flag(b"receiveVideo", 1),
    "video off": lambda: flag(b"receiveVideo", 0),
    "look": lambda: None,
}


def tell(what):
    print(what, "audio", came[AUDIO], "video", came[VIDEO], " ".join(codes), flush=True)
    came.clear()
    codes.clear()


threading.Thread(target=read, daemon=True).start()
print("playing", flush=True)
for line in sys.stdin:
    tell("before " + line.strip())
    ORDERS[line.strip()]()
