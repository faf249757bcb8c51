package lancaster.igmp.net;

import com.sun.jna.Memory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * What the kernel lets through to a packet socket: programs of the classic BPF over the packet, which begins with its IP
 * header. Without one, a busy link would wake us for each of its packets.
 *
 * @param snapBytes how much of a packet is handed out
 */
record PacketFilter(int snapBytes, List<Instruction> code) {
    /** An instruction: where to go on where a comparison holds and where not, counted from the next one. */
    record Instruction(int code, int ifTrue, int ifFalse, int value) {
        static final int BYTES = 8;
    }

    // Codes of linux/filter.h.
    private static final int LOAD_BYTE = 0x30;
    private static final int LOAD_WORD = 0x20;
    private static final int SHIFT_RIGHT = 0x74;
    private static final int AND = 0x54;
    private static final int IF_EQUAL = 0x15;
    private static final int RETURN = 0x06;
    /** What stands beside the packet is loaded from negative places. */
    private static final int PACKET_TYPE = -0x1000 + 4;

    private static final int VLAN_TAG_PRESENT = -0x1000 + 48;
    private static final int OUTGOING = 4;

    private static final int PROGRAM_BYTES = 16;
    private static final int POINTER_AT = 8;

    /** A packet of the largest Ethernet frame in use. */
    private static final int WHOLE_BYTES = 9_216;

    private static final int HEAD_BYTES = 128;

    /** IGMP, and ICMPv6 behind a hop-by-hop header, as MLD has it for its router alert. */
    static PacketFilter membership() {
        return of(
                WHOLE_BYTES,
                new Instruction(LOAD_BYTE, 0, 0, 0),
                new Instruction(SHIFT_RIGHT, 0, 0, 4),
                new Instruction(IF_EQUAL, 0, 2, 4),
                new Instruction(LOAD_BYTE, 0, 0, 9),
                new Instruction(IF_EQUAL, 5, 6, 2),
                new Instruction(IF_EQUAL, 0, 5, 6),
                new Instruction(LOAD_BYTE, 0, 0, 6),
                new Instruction(IF_EQUAL, 0, 3, 0),
                new Instruction(LOAD_BYTE, 0, 0, 40),
                new Instruction(IF_EQUAL, 0, 1, 58));
    }

    /** The heads of UDP datagrams to groups. */
    static PacketFilter multicastUdp() {
        return of(
                HEAD_BYTES,
                new Instruction(LOAD_BYTE, 0, 0, 0),
                new Instruction(SHIFT_RIGHT, 0, 0, 4),
                new Instruction(IF_EQUAL, 0, 5, 4),
                new Instruction(LOAD_BYTE, 0, 0, 16),
                new Instruction(AND, 0, 0, 0xF0),
                new Instruction(IF_EQUAL, 0, 8, 0xE0),
                new Instruction(LOAD_BYTE, 0, 0, 9),
                new Instruction(IF_EQUAL, 5, 6, 17),
                new Instruction(IF_EQUAL, 0, 5, 6),
                new Instruction(LOAD_BYTE, 0, 0, 24),
                new Instruction(IF_EQUAL, 0, 3, 0xFF),
                new Instruction(LOAD_BYTE, 0, 0, 6),
                new Instruction(IF_EQUAL, 0, 1, 17));
    }

    /** {@code body} falls through to acceptance; the instruction behind that refuses. */
    private static PacketFilter of(int snapBytes, Instruction... body) {
        // Not what this host sends, and not what belongs to a VLAN, which is an interface of its own.
        List<Instruction> code = new ArrayList<>(List.of(
                new Instruction(LOAD_WORD, 0, 0, PACKET_TYPE),
                new Instruction(IF_EQUAL, body.length + 3, 0, OUTGOING),
                new Instruction(LOAD_WORD, 0, 0, VLAN_TAG_PRESENT),
                new Instruction(IF_EQUAL, 0, body.length + 1, 0)));
        code.addAll(List.of(body));
        code.add(new Instruction(RETURN, 0, 0, snapBytes));
        code.add(new Instruction(RETURN, 0, 0, 0));
        return new PacketFilter(snapBytes, List.copyOf(code));
    }

    /** A {@code struct sock_fprog} with its program behind it. */
    Memory program() {
        ByteBuffer bytes = ByteBuffer.allocate(code.size() * Instruction.BYTES).order(ByteOrder.nativeOrder());
        for (Instruction instruction : code) {
            bytes.putShort((short) instruction.code());
            bytes.put((byte) instruction.ifTrue()).put((byte) instruction.ifFalse());
            bytes.putInt(instruction.value());
        }
        Memory program = new Memory(PROGRAM_BYTES + bytes.capacity());
        program.setShort(0, (short) code.size());
        program.setPointer(POINTER_AT, program.share(PROGRAM_BYTES));
        program.write(PROGRAM_BYTES, bytes.array(), 0, bytes.capacity());
        return program;
    }
}
