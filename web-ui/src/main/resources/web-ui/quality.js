// What is measured while a stream plays.

import { element, gatewayNowMs, number, setText } from '/ui/common.js';

const ROWS = ['Delay', 'Picture', 'Frames', 'Bitrate', 'Sound', 'Buffer'];
/** Frames are counted over this long. */
const FRAMES_MS = 3000;

export class Quality {
  constructor(list, player) {
    this.player = player;
    this.counts = [];
    this.rows = new Map(ROWS.map((name) => {
      const value = element('span', {}, '–');
      const note = element('small');
      list.append(element('div', {}, element('dt', {}, name), element('dd', {}, value, note)));
      return [name, { value, note }];
    }));
  }

  row(name, value, note = '') {
    setText(this.rows.get(name).value, value);
    setText(this.rows.get(name).note, note);
  }

  /** Shows the moment; `stream` is what the gateway lists, if it lists it. */
  show(stream) {
    const { player, player: { video } } = this;
    const playing = player.phase === 'playing' || player.phase === 'stalled';
    this.row('Delay', seconds(playing ? (gatewayNowMs() - player.captureMs()) / 1000 : NaN), 'behind the encoder');
    this.row('Buffer', playing ? seconds(player.bufferedSeconds()) : '–', 'loaded ahead');
    this.row('Picture', playing && video.videoWidth ? `${video.videoWidth} × ${video.videoHeight}` : '–',
      stream?.video?.codec);
    this.row('Bitrate', playing ? bitrate(player.bitrate()) : '–', 'of the last segments');
    this.row('Sound', sound(stream?.audio), stream?.audio?.codec);
    this.showFrames(playing && video.videoWidth > 0);
  }

  showFrames(shown) {
    const quality = this.player.video.getVideoPlaybackQuality?.();
    if (!shown || !quality) {
      this.counts = [];
      this.row('Frames', '–', '');
      return;
    }
    const now = { ms: performance.now(), frames: quality.totalVideoFrames };
    this.counts.push(now);
    while (now.ms - this.counts[0].ms > FRAMES_MS) this.counts.shift();
    const first = this.counts[0];
    const rate = (now.frames - first.frames) / (now.ms - first.ms) * 1000;
    this.row('Frames', rate >= 0 ? `${number(rate, 0)} fps` : '–', `${quality.droppedVideoFrames} dropped`);
  }
}

function seconds(value) {
  return Number.isFinite(value) ? `${value.toFixed(1)} s` : '–';
}

function bitrate(bits) {
  if (!Number.isFinite(bits)) return '–';
  return bits < 1e6 ? `${number(bits / 1e3, 0)} kbit/s` : `${number(bits / 1e6, 1)} Mbit/s`;
}

function sound(audio) {
  if (!audio) return '–';
  return ['–', 'Mono', 'Stereo'][audio.channels] ?? `${audio.channels} channels`;
}
