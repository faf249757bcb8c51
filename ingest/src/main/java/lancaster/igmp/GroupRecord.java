package lancaster.igmp;

import java.net.InetAddress;
import java.util.List;

/** A host's word about one group (RFC 3376 §4.2.4, RFC 3810 §5.2.4). */
public record GroupRecord(RecordType type, InetAddress group, List<InetAddress> sources) {}
