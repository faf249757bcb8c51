package lancaster.bench;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lancaster.bench.load.Identity;

/** The frames of a transport stream segment by their {@link Identity}, H.264 and AAC in ADTS, in the order of the file. */
final class TsFrames {
    private static final int PACKET_BYTES = 188;
    private static final int STREAM_TYPE_H264 = 0x1b;
    private static final int STREAM_TYPE_AAC = 0x0f;

    private final Map<Integer, Integer> streamTypes = new HashMap<>();
    private final Map<Integer, ByteArrayOutputStream> open = new HashMap<>();
    private final List<Long> video = new ArrayList<>();
    private final List<Long> audio = new ArrayList<>();
    private int pmtPid = -1;

    static TsFrames read(byte[] segment) {
        TsFrames frames = new TsFrames();
        for (int at = 0; at + PACKET_BYTES <= segment.length; at += PACKET_BYTES) {
            frames.packet(segment, at);
        }
        for (int pid : List.copyOf(frames.open.keySet())) {
            frames.finish(pid);
        }
        return frames;
    }

    List<Long> video() {
        return video;
    }

    List<Long> audio() {
        return audio;
    }

    private void packet(byte[] in, int at) {
        int pid = ((in[at + 1] & 0x1f) << 8) | (in[at + 2] & 0xff);
        boolean start = (in[at + 1] & 0x40) != 0;
        int control = (in[at + 3] >> 4) & 3;
        int payload = at + 4 + (control == 3 ? 1 + (in[at + 4] & 0xff) : 0);
        int end = at + PACKET_BYTES;
        if (control == 2 || payload >= end) {
            return;
        }
        if (pid == 0 || pid == pmtPid) {
            table(in, payload + 1 + (in[payload] & 0xff), pid);
        } else if (streamTypes.containsKey(pid)) {
            if (start) {
                finish(pid);
                open.put(pid, new ByteArrayOutputStream());
            }
            ByteArrayOutputStream pes = open.get(pid);
            if (pes != null) {
                pes.write(in, payload, end - payload);
            }
        }
    }

    private void table(byte[] in, int section, int pid) {
        int end = section + 3 + (((in[section + 1] & 15) << 8) | (in[section + 2] & 0xff)) - 4;
        if (pid == 0) {
            pmtPid = ((in[section + 10] & 0x1f) << 8) | (in[section + 11] & 0xff);
            return;
        }
        int at = section + 12 + (((in[section + 10] & 15) << 8) | (in[section + 11] & 0xff));
        while (at + 5 <= end) {
            streamTypes.put(((in[at + 1] & 0x1f) << 8) | (in[at + 2] & 0xff), in[at] & 0xff);
            at += 5 + (((in[at + 3] & 15) << 8) | (in[at + 4] & 0xff));
        }
    }

    private void finish(int pid) {
        ByteArrayOutputStream whole = open.remove(pid);
        if (whole == null) {
            return;
        }
        byte[] pes = whole.toByteArray();
        int header = 9 + (pes[8] & 0xff);
        byte[] data = java.util.Arrays.copyOfRange(pes, header, pes.length);
        if (streamTypes.get(pid) == STREAM_TYPE_H264) {
            video.add(Identity.ofAnnexB(data));
        } else if (streamTypes.get(pid) == STREAM_TYPE_AAC) {
            adts(data);
        }
    }

    private void adts(byte[] data) {
        for (int at = 0; at + 7 <= data.length; ) {
            int header = (data[at + 1] & 1) == 1 ? 7 : 9;
            int length = ((data[at + 3] & 3) << 11) | ((data[at + 4] & 0xff) << 3) | ((data[at + 5] & 0xff) >> 5);
            if (length < header || at + length > data.length) {
                return;
            }
            audio.add(Identity.checksum(data, at + header, length - header));
            at += length;
        }
    }
}
