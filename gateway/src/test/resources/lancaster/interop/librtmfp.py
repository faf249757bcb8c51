"""Connects to URL with librtmfp, of which LIBRARY is the shared library, and gives the orders of standard input.

An order is a line: call NAME ARGUMENT..., or end.
"""

import ctypes
import sys

CONNECTED = 1


class Config(ctypes.Structure):
    _fields_ = [
        ("blocking", ctypes.c_short),
        ("on_status", ctypes.c_void_p),
        ("on_media", ctypes.c_void_p),
        ("swf_url", ctypes.c_char_p),
        ("app", ctypes.c_char_p),
        ("page_url", ctypes.c_char_p),
        ("flash_version", ctypes.c_char_p),
        ("host", ctypes.c_char_p),
        ("host_ipv6", ctypes.c_char_p),
        ("interrupt", ctypes.c_void_p),
        ("interrupt_argument", ctypes.c_void_p),
    ]


lib = ctypes.CDLL(sys.argv[1])
lib.RTMFP_WaitForEvent.restype = ctypes.c_char
config = Config()
lib.RTMFP_Init(ctypes.byref(config), None, None, None)
connection = lib.RTMFP_Connect(sys.argv[2].encode(), ctypes.byref(config))
if not connection or lib.RTMFP_WaitForEvent(connection, CONNECTED) != b"\1":
    sys.exit("not connected")
print("connected", flush=True)
for line in sys.stdin:
    words = line.split()
    if words[0] == "end":
        break
    arguments = [word.encode() for word in words[2:]]
    array = (ctypes.c_char_p * len(arguments))(*arguments)
    # The server is the peer without a name; its documentation says a null, which it dies of.
    print(lib.RTMFP_CallFunction(connection, words[1].encode(), len(arguments), array, b""), flush=True)
lib.RTMFP_Close(connection, 1)
lib.RTMFP_Terminate()
print("closed", flush=True)
