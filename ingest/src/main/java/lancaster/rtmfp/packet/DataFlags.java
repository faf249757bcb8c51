package lancaster.rtmfp.packet;

/** The first byte of User Data and Next User Data, and the option list that it announces (RFC 7016 §2.3.11). */
final class DataFlags {
    private static final int OPT = 0x80;
    private static final int FRA_SHIFT = 4;
    private static final int ABN = 0x02;
    private static final int FIN = 0x01;
    private static final int MARKER_BYTES = 1;

    private DataFlags() {}

    static FragmentControl fragmentControl(int flags) {
        return FragmentControl.of(flags >> FRA_SHIFT & 3);
    }

    static boolean abandon(int flags) {
        return (flags & ABN) != 0;
    }

    static boolean fin(int flags) {
        return (flags & FIN) != 0;
    }

    static OptionList options(int flags, PacketCursor in) {
        return (flags & OPT) != 0 ? OptionList.readMarked(in) : OptionList.EMPTY;
    }

    static int of(FlowData data) {
        return (data.options().isEmpty() ? 0 : OPT)
                | data.fragmentControl().code() << FRA_SHIFT
                | (data.abandon() ? ABN : 0)
                | (data.fin() ? FIN : 0);
    }

    static int optionsLength(OptionList options) {
        return options.isEmpty() ? 0 : options.encoded().length() + MARKER_BYTES;
    }

    static void writeOptions(OptionList options, PacketWriter out) {
        if (!options.isEmpty()) {
            out.bytes(options.encoded()).u8(0);
        }
    }
}
