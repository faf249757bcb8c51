package lancaster.hls;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Addresses come from the network: any text gives an address or none, and an address has one spelling. */
class HlsAddressFuzz {
    @FuzzTest
    void parse(byte[] path) {
        check(new String(path, StandardCharsets.UTF_8));
    }

    static void check(String path) {
        HlsAddress.parse(path, Optional.of("ts"));
        HlsAddress.parse(path, Optional.empty())
                .ifPresent(address -> assertEquals(path, address.stream() + spelled(address.resource())));
    }

    private static String spelled(HlsResource resource) {
        if (resource instanceof HlsResource.MediaList list) {
            return "/" + list.format().id() + (list.video() ? "/video.m3u8" : "/audio.m3u8");
        }
        if (resource instanceof HlsResource.SegmentData segment) {
            return "/" + segment.format().id() + "/" + segment.number() + "."
                    + segment.format().extension();
        }
        if (resource instanceof HlsResource.Init init) {
            return "/fmp4/init-" + init.firstSegment() + ".mp4";
        }
        return ".m3u8";
    }
}
