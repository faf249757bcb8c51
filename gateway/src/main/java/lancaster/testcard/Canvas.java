package lancaster.testcard;

import java.util.Arrays;
import org.jcodec.common.model.ColorSpace;
import org.jcodec.common.model.Picture;

/** A 4:2:0 picture to draw on, BT.709 in limited range. Samples are stored minus 128, as jcodec wants them. */
final class Canvas {
    private final int width;
    private final int height;
    private final byte[][] planes;

    /** Width and height are multiples of 16. */
    Canvas(int width, int height) {
        this.width = width;
        this.height = height;
        planes = new byte[][] {new byte[width * height], new byte[width * height / 4], new byte[width * height / 4]};
    }

    Picture picture() {
        return Picture.createPicture(width, height, planes, ColorSpace.YUV420J);
    }

    void copy(Canvas source) {
        for (int plane = 0; plane < planes.length; plane++) {
            System.arraycopy(source.planes[plane], 0, planes[plane], 0, planes[plane].length);
        }
    }

    /** Fills a rectangle; chroma goes by pairs of lines and columns. */
    void fill(int x, int y, int w, int h, Colour colour) {
        for (int line = y; line < y + h; line++) {
            Arrays.fill(planes[0], line * width + x, line * width + x + w, (byte) (colour.luma() - 128));
        }
        for (int line = y / 2; line < (y + h) / 2; line++) {
            int at = line * width / 2;
            Arrays.fill(planes[1], at + x / 2, at + (x + w) / 2, (byte) (colour.blue() - 128));
            Arrays.fill(planes[2], at + x / 2, at + (x + w) / 2, (byte) (colour.red() - 128));
        }
    }

    /** Lays {@code colour} over the picture where {@code mask} covers it. */
    void paint(Mask mask, int x, int y, Colour colour) {
        for (int row = 0; row < mask.height(); row++) {
            for (int column = 0; column < mask.width(); column++) {
                int alpha = mask.at(column, row);
                if (alpha > 0) {
                    blend(0, (y + row) * width + x + column, colour.luma(), alpha);
                    if (((y + row) & 1) == 0 && ((x + column) & 1) == 0) {
                        int at = (y + row) / 2 * (width / 2) + (x + column) / 2;
                        blend(1, at, colour.blue(), alpha);
                        blend(2, at, colour.red(), alpha);
                    }
                }
            }
        }
    }

    private void blend(int plane, int at, int value, int alpha) {
        int below = planes[plane][at] + 128;
        planes[plane][at] = (byte) (below + ((value - below) * alpha + Mask.FULL / 2) / Mask.FULL - 128);
    }

    /** Whether the 16x16 samples of a macroblock, and their chroma, are the same in both pictures. */
    boolean sameMacroblock(Canvas other, int mbX, int mbY) {
        return same(other, 0, mbX, mbY, 16) && same(other, 1, mbX, mbY, 8) && same(other, 2, mbX, mbY, 8);
    }

    private boolean same(Canvas other, int plane, int mbX, int mbY, int size) {
        int stride = plane == 0 ? width : width / 2;
        for (int line = mbY * size; line < (mbY + 1) * size; line++) {
            int from = line * stride + mbX * size;
            if (!Arrays.equals(planes[plane], from, from + size, other.planes[plane], from, from + size)) {
                return false;
            }
        }
        return true;
    }
}
