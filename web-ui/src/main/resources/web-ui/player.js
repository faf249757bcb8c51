// Plays an HLS address in a video element: with hls.js where the browser has media source extensions, else natively.

/**
 * Where to play, target durations behind the newest segment. The target duration is one and a half segments, so this is
 * a little over two segments: what is needed between two looks at the playlist, and no more.
 */
const SYNC_TARGET_DURATIONS = 1.5;
/** Behind by more, for example after a long pause, playback jumps to where live is. */
const MAX_TARGET_DURATIONS = 6;
/** After a stop playback runs so much faster until it is where live is again; nobody hears it. */
const CATCH_UP_RATE = 1.05;
/** A stop shorter than this isn't worth a word. */
const STALL_MS = 700;
/** Playback that stands still this long although newer media is there is moved on. */
const STUCK_MS = 6000;
/** The bitrate is that of the last few segments. */
const BITRATE_SEGMENTS = 4;

/**
 * Its phase is one of: idle, loading, playing, stalled, ended, blocked (the browser wants a click first), unsupported.
 * Beside it, `lost` says that loading was given up: what is buffered plays on, and start() is needed when the stream is
 * there again. Every change of either is a "change" event.
 */
export class Player extends EventTarget {
  constructor(video) {
    super();
    this.video = video;
    this.hls = null;
    this.phase = 'idle';
    this.lost = false;
    this.pausedByViewer = false;
    this.segments = [];
    video.addEventListener('playing', () => this.become('playing'));
    video.addEventListener('waiting', () => this.onWaiting());
    video.addEventListener('ended', () => this.become('ended'));
    video.addEventListener('play', () => { this.pausedByViewer = false; this.tell(); });
    video.addEventListener('pause', () => { this.pausedByViewer = !video.ended; this.tell(); });
    video.addEventListener('error', () => this.hls || this.phase === 'idle' || this.lose());
    setInterval(() => this.moveOn(), 1000);
  }

  tell() {
    this.dispatchEvent(new Event('change'));
  }

  become(phase) {
    clearTimeout(this.stallTimer);
    this.phase = phase;
    this.tell();
  }

  lose() {
    this.lost = true;
    this.tell();
  }

  onWaiting() {
    clearTimeout(this.stallTimer);
    this.stallTimer = setTimeout(() => this.phase === 'playing' && this.become('stalled'), STALL_MS);
  }

  /** Plays `url`; goes on loading where an earlier start lost the gateway but still has something to play. */
  start(url) {
    const resumable = this.lost && this.phase === 'playing' && this.hls;
    this.lost = false;
    if (resumable) {
      this.hls.startLoad();
      return;
    }
    this.stop();
    this.become('loading');
    if (globalThis.Hls?.isSupported()) {
      this.startHls(globalThis.Hls, url);
    } else if (this.video.canPlayType('application/vnd.apple.mpegurl')) {
      this.video.src = url;
      this.play();
    } else {
      this.become('unsupported');
    }
  }

  startHls(Hls, url) {
    const hls = new Hls({
      liveSyncDurationCount: SYNC_TARGET_DURATIONS,
      liveMaxLatencyDurationCount: MAX_TARGET_DURATIONS,
      maxLiveSyncPlaybackRate: CATCH_UP_RATE,
      backBufferLength: 20,
    });
    this.hls = hls;
    this.segments = [];
    this.mediaErrors = 0;
    hls.once(Hls.Events.LEVEL_LOADED, (_, { details }) => {
      if (details.live) {
        this.play();
      } else {
        // The end of the last broadcast is still listed: nothing to watch.
        this.stop();
        this.become('ended');
      }
    });
    hls.on(Hls.Events.FRAG_BUFFERED, (_, { frag, stats }) => {
      this.segments.push({ bits: stats.total * 8, seconds: frag.duration });
      this.segments.splice(0, this.segments.length - BITRATE_SEGMENTS);
    });
    hls.on(Hls.Events.ERROR, (_, error) => error.fatal && this.onFatal(Hls, error));
    hls.attachMedia(this.video);
    hls.loadSource(url);
  }

  onFatal(Hls, { type, details }) {
    const { MANIFEST_INCOMPATIBLE_CODECS_ERROR, BUFFER_INCOMPATIBLE_CODECS_ERROR } = Hls.ErrorDetails;
    if (details === MANIFEST_INCOMPATIBLE_CODECS_ERROR || details === BUFFER_INCOMPATIBLE_CODECS_ERROR) {
      this.stop();
      this.become('unsupported');
    } else if (type === Hls.ErrorTypes.MEDIA_ERROR && this.mediaErrors++ < 2) {
      this.hls.recoverMediaError();
      this.play();
    } else {
      this.lose();
    }
  }

  /** The stream is over and all of it has been shown: asks for no more, and keeps the last picture. */
  finish() {
    this.hls?.stopLoad();
    this.become('ended');
  }

  stop() {
    this.hls?.destroy();
    this.hls = null;
    if (this.video.hasAttribute('src')) {
      this.video.removeAttribute('src');
      this.video.load();
    }
  }

  /** With sound if the viewer wants it and the browser lets us; muted rather than not at all. */
  async play() {
    try {
      await this.video.play();
    } catch (refused) {
      if (refused.name !== 'NotAllowedError') return;
      if (this.video.muted) {
        this.become('blocked');
      } else {
        this.video.muted = true;
        await this.play();
      }
    }
  }

  /** Moves on where playback stands still for no reason: a hole in the buffer, a decoder that lost its way. */
  moveOn() {
    const { video, hls } = this;
    const nowMs = performance.now();
    const newer = this.edge() - video.currentTime > 4;
    if (!hls || video.paused || video.currentTime !== this.lastTime || !newer) {
      this.lastTime = video.currentTime;
      this.movedMs = nowMs;
    } else if (nowMs - this.movedMs > STUCK_MS) {
      this.movedMs = nowMs;
      this.jumpToLive();
    }
  }

  /** The end of the newest segment, in the video element's time. */
  edge() {
    const { seekable } = this.video;
    return this.hls?.latestLevelDetails?.edge ?? (seekable.length ? seekable.end(seekable.length - 1) : NaN);
  }

  /** Where "live" is: as close to the edge as playback can go on without a stop. */
  livePosition() {
    return this.hls?.liveSyncPosition ?? this.edge() - 6;
  }

  /** Seconds that playback is behind the live position. */
  behind() {
    return Math.max(0, this.livePosition() - this.video.currentTime);
  }

  jumpToLive() {
    const live = this.livePosition();
    if (Number.isFinite(live)) this.video.currentTime = live;
    this.play();
  }

  /** When the picture on the screen was captured, by the gateway's clock; NaN where the playlist doesn't say. */
  captureMs() {
    if (this.hls) return this.hls.playingDate?.getTime() ?? NaN;
    return (this.video.getStartDate?.().getTime() ?? NaN) + this.video.currentTime * 1000;
  }

  /** Bits a second of the last segments. */
  bitrate() {
    const total = (key) => this.segments.reduce((sum, segment) => sum + segment[key], 0);
    return total('bits') / total('seconds');
  }

  /** Seconds of media ahead of the playback position. */
  bufferedSeconds() {
    const { buffered, currentTime } = this.video;
    for (let i = 0; i < buffered.length; i++) {
      if (buffered.start(i) <= currentTime + 0.1 && currentTime <= buffered.end(i)) return buffered.end(i) - currentTime;
    }
    return 0;
  }
}
