package lancaster.hds;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HdsAddressTest {
    @Test
    void takesAddressesApart() {
        assertParsed("live/townhall.f4m", new HdsResource.Manifest());
        assertParsed("live/townhall/hds/stream.f4m", new HdsResource.StreamManifest());
        assertParsed("live/townhall/hds/stream.abst", new HdsResource.Bootstrap());
        assertParsed("live/townhall/hds/streamSeg1-Frag37", new HdsResource.Fragment(37));
        assertParsed("live/townhall/hds/streamSeg1-Frag0", new HdsResource.Fragment(0));
    }

    @Test
    void takesAnyNumberOfASegment() {
        assertParsed("live/townhall/hds/streamSeg4-Frag37", new HdsResource.Fragment(37));
    }

    @Test
    void theSetLevelIsAskedForByAParameter() {
        assertEquals(
                Optional.of(new HdsAddress("live/townhall", new HdsResource.SetManifest())),
                HdsAddress.parse("live/townhall.f4m", Optional.of("set")));
        assertEquals(Optional.empty(), HdsAddress.parse("live/townhall.f4m", Optional.of("stream")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".f4m",
                "live/townhall",
                "live/townhall.F4M",
                "live/townhall/hds/stream",
                "live/townhall/hds/stream.abst/",
                "live/townhall/hds/other.abst",
                "live/townhall/hds/streamSeg0-Frag1",
                "live/townhall/hds/streamSeg1-Frag01",
                "live/townhall/hds/streamSeg1-Frag-1",
                "live/townhall/hds/streamSeg1-Frag99999999999",
                "live/townhall/hds/streamSeg1",
                "/hds/streamSeg1-Frag1"
            })
    void whatIsSpelledOtherwiseIsNoAddress(String path) {
        assertEquals(Optional.empty(), HdsAddress.parse(path, Optional.empty()));
    }

    private static void assertParsed(String path, HdsResource resource) {
        assertEquals(Optional.of(new HdsAddress("live/townhall", resource)), HdsAddress.parse(path, Optional.empty()));
    }
}
