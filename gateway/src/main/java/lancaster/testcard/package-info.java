/**
 * The built-in picture and sound: colour bars, the stream's name, a running clock and a beep on each second, made
 * without any program outside the JVM. Owned by the loop of whoever plays the {@link lancaster.testcard.TestCard}.
 *
 * <p>The letters are the rows of {@code font.txt}. The sound is {@code beep.aac}: 375 AAC-LC frames at 48 kHz, 8 s to
 * the sample, whose end joins its beginning. It was made with ffmpeg 8.0.1 by encoding three periods and keeping the
 * frames 376 to 750, so that the encoder's delay of one frame falls away and both ends have a neighbour:
 *
 * <pre>{@code
 * ffmpeg -f lavfi -i "aevalsrc='0.2*sin(2*PI*1000*t)
 *     *min(1,min(mod(t,1),max(0,0.1-mod(t,1)))/0.004)':s=48000:c=mono:d=24" -ac 2 -c:a aac -b:a 64k -f adts
 * }</pre>
 */
@NullMarked
package lancaster.testcard;

import org.jspecify.annotations.NullMarked;
