package lancaster.igmp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Optional;
import lancaster.bytes.Bytes;

/** Any packet is a message or not; what is one reads the same when it is written again, and the table survives it. */
class MembershipFuzz {
    @FuzzTest(maxDuration = "1m")
    void read(byte[] packet) {
        MembershipReader reader = new MembershipReader();
        reader.read(Bytes.copyOf(packet));
        Optional<HeardMessage> heard = reader.read(MembershipPackets.withChecksum(Bytes.copyOf(packet)));
        if (heard.isEmpty()) {
            return;
        }
        MembershipTable table = new MembershipTable();
        table.onMessage(heard.get(), 0);
        table.onMessage(heard.get(), 1);
        for (var group : table.groups(2)) {
            table.sources(group, 2);
            assertEquals(1, table.joins(group, Optional.empty(), 2).hosts());
        }
        HeardMessage again = reader.read(MembershipPackets.packet(heard.get())).orElseThrow();
        assertEquals(heard.get().message(), again.message());
    }
}
