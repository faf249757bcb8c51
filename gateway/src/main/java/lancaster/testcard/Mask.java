package lancaster.testcard;

/** How much of each pixel of a rectangle a shape covers. */
final class Mask {
    static final int FULL = 255;

    private final int width;
    private final int height;
    private final byte[] coverage;

    Mask(int width, int height) {
        this.width = width;
        this.height = height;
        coverage = new byte[width * height];
    }

    static Mask disc(int diameter) {
        Mask mask = new Mask(diameter, diameter);
        double radius = diameter / 2.0;
        for (int y = 0; y < diameter; y++) {
            for (int x = 0; x < diameter; x++) {
                mask.set(x, y, radius - Math.hypot(x + 0.5 - radius, y + 0.5 - radius) + 0.5);
            }
        }
        return mask;
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    /** 0 to {@link #FULL}. */
    int at(int x, int y) {
        return coverage[y * width + x] & 0xFF;
    }

    /** Sets what is covered, from nothing at 0 to all at 1; values beyond are cut. */
    void set(int x, int y, double covered) {
        coverage[y * width + x] = (byte) Math.round(FULL * Math.max(0, Math.min(1, covered)));
    }
}
