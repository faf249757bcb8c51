package lancaster.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ProgressTest {
    @Test
    void tellsTimeFramesAndBits() {
        assertEquals("time=1:02:03 fps=25.0 kbit/s=355", Progress.line(3_723, 24.98, 355_400));
    }
}
