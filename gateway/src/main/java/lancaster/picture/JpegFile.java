package lancaster.picture;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import lancaster.bytes.Bytes;
import org.jcodec.common.model.Picture;

/** Pictures as JPEG, made smaller where they are large: they are for lists and previews. */
final class JpegFile {
    /** Wider ones are halved, or divided by three and so on. */
    private static final int MAX_WIDTH = 960;

    private JpegFile() {}

    static Bytes write(Picture picture) {
        BufferedImage image = image(picture);
        ByteArrayOutputStream out = new ByteArrayOutputStream(64 << 10);
        // Without a file to cache in, which ImageIO would make.
        try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
            if (!ImageIO.write(image, "jpeg", stream)) {
                throw new IllegalStateException("every JDK writes JPEG");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Bytes.wrap(out.toByteArray());
    }

    private static BufferedImage image(Picture picture) {
        int step = -Math.floorDiv(-picture.getWidth(), MAX_WIDTH);
        int width = Math.max(1, picture.getWidth() / step);
        int height = Math.max(1, picture.getHeight() / step);
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        int[] line = new int[width];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                line[x] = rgb(
                        mean(picture, 0, x * step, y * step, step),
                        sample(picture, 1, x * step / 2, y * step / 2),
                        sample(picture, 2, x * step / 2, y * step / 2));
            }
            image.setRGB(0, y, width, 1, line, 0, width);
        }
        return image;
    }

    private static int mean(Picture picture, int plane, int x, int y, int step) {
        int sum = 0;
        for (int i = 0; i < step; i++) {
            for (int j = 0; j < step; j++) {
                sum += sample(picture, plane, x + j, y + i);
            }
        }
        return sum / (step * step);
    }

    /** jcodec keeps samples as signed bytes, 128 less than they are. */
    private static int sample(Picture picture, int plane, int x, int y) {
        return picture.getPlaneData(plane)[y * picture.getPlaneWidth(plane) + x] + 128;
    }

    /** Of limited range, by the matrix of BT.709, which is what cameras and screens of today send. */
    private static int rgb(int luma, int blue, int red) {
        double y = 1.164 * (luma - 16);
        double cb = blue - 128;
        double cr = red - 128;
        return clip(y + 1.793 * cr) << 16 | clip(y - 0.213 * cb - 0.533 * cr) << 8 | clip(y + 2.112 * cb);
    }

    private static int clip(double value) {
        return (int) Math.max(0, Math.min(255, value + 0.5));
    }
}
