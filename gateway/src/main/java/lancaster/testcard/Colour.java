package lancaster.testcard;

/** A colour as BT.709 luma and colour differences, each 0 to 255 in limited range. */
record Colour(int luma, int blue, int red) {
    /** From {@code 0xRRGGBB} (ITU-R BT.709 §3: the luma coefficients; §4: quantisation to 16..235 and 16..240). */
    static Colour rgb(int rgb) {
        double r = (rgb >> 16 & 0xFF) / 255.0;
        double g = (rgb >> 8 & 0xFF) / 255.0;
        double b = (rgb & 0xFF) / 255.0;
        double y = 0.2126 * r + 0.7152 * g + 0.0722 * b;
        return new Colour((int) Math.round(16 + 219 * y), (int) Math.round(128 + 224 * (b - y) / 1.8556), (int)
                Math.round(128 + 224 * (r - y) / 1.5748));
    }
}
