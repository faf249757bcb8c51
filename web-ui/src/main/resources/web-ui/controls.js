// The buttons and keys of the player.

import { setIcon, setText } from '/ui/common.js';

/** The controls fade when nobody touches anything for so long. */
const CALM_MS = 3000;
/** Behind live by more than this, the button offers to jump. */
const BEHIND_SECONDS = 4;
const VOLUME_STEP = 0.1;

export class Controls {
  constructor(frame, player, remembered) {
    this.frame = frame;
    this.player = player;
    this.video = player.video;
    this.remembered = remembered;
    this.hasSound = false;
    for (const id of ['play', 'mute', 'volume', 'live', 'fullscreen', 'start', 'unmute']) {
      this[id] = document.getElementById(id);
    }
    this.wire();
    this.wireCalm();
    document.addEventListener('keydown', (event) => this.onKey(event));
    this.show();
  }

  wire() {
    const { video, frame } = this;
    this.play.addEventListener('click', () => this.togglePlay());
    this.start.addEventListener('click', () => this.player.play());
    this.mute.addEventListener('click', () => this.setMuted(!this.silent()));
    this.unmute.addEventListener('click', () => {
      this.setMuted(false);
      this.mute.focus();
    });
    this.volume.addEventListener('input', () => this.setVolume(this.volume.value / 100));
    this.live.addEventListener('click', () => this.player.jumpToLive());
    this.fullscreen.addEventListener('click', () => this.toggleFullscreen());
    video.addEventListener('volumechange', () => this.show());
    video.addEventListener('resize', () => this.fit());
    video.addEventListener('click', () => matchMedia('(hover: hover)').matches && this.togglePlay());
    video.addEventListener('dblclick', () => this.toggleFullscreen());
    this.player.addEventListener('change', () => this.show());
    frame.addEventListener('fullscreenchange', () => this.show());
  }

  /** The player takes the shape of the picture, within reason. */
  fit() {
    const shape = this.video.videoWidth / this.video.videoHeight;
    if (shape > 0) this.frame.style.setProperty('--shape', Math.min(2.4, Math.max(1.3, shape)).toFixed(4));
  }

  wireCalm() {
    const stir = () => {
      clearTimeout(this.calmTimer);
      this.frame.classList.remove('calm');
      this.calmTimer = setTimeout(() => {
        this.frame.classList.toggle('calm', this.player.phase === 'playing' && !this.video.paused);
      }, CALM_MS);
    };
    for (const type of ['pointermove', 'pointerdown', 'focusin']) this.frame.addEventListener(type, stir);
    document.addEventListener('keydown', stir);
    this.player.addEventListener('change', stir);
  }

  silent() {
    return this.video.muted || this.video.volume === 0;
  }

  togglePlay() {
    if (this.video.paused) this.player.play();
    else this.video.pause();
  }

  setMuted(muted) {
    this.video.muted = muted;
    if (!muted && this.video.volume === 0) this.video.volume = 0.5;
    this.remembered.set('muted', muted);
  }

  setVolume(volume) {
    this.video.volume = Math.min(1, Math.max(0, volume));
    this.video.muted = this.video.volume === 0;
    this.remembered.set('volume', this.video.volume);
    this.remembered.set('muted', this.video.muted);
  }

  toggleFullscreen() {
    if (document.fullscreenElement) document.exitFullscreen();
    else if (this.frame.requestFullscreen) this.frame.requestFullscreen();
    else this.video.webkitEnterFullscreen?.();
  }

  onKey(event) {
    const onControl = event.target.closest('button, input, a, summary');
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const key = event.key.toLowerCase();
    const arrows = { arrowup: VOLUME_STEP, arrowdown: -VOLUME_STEP };
    const acts = { k: () => this.togglePlay(), m: () => this.setMuted(!this.silent()),
      f: () => this.toggleFullscreen(), l: () => this.player.jumpToLive() };
    if (!onControl) acts[' '] = acts.k;
    if (key in arrows && !event.target.closest('input') && (!onControl || this.frame.contains(onControl))) {
      acts[key] = () => this.setVolume((this.video.muted ? 0 : this.video.volume) + arrows[key]);
    }
    if (key in acts) {
      event.preventDefault();
      if (!event.repeat || key in arrows) acts[key]();
    }
  }

  show() {
    const { video, player } = this;
    const name = (button, label, picture) => {
      button.setAttribute('aria-label', label);
      setIcon(button, picture);
    };
    name(this.play, video.paused ? 'Play' : 'Pause', video.paused ? 'play' : 'pause');
    name(this.mute, this.silent() ? 'Turn sound on' : 'Turn sound off', this.silent() ? 'muted' : 'sound');
    name(this.fullscreen, document.fullscreenElement ? 'Leave full screen' : 'Full screen',
      document.fullscreenElement ? 'window' : 'fullscreen');
    this.volume.value = this.silent() ? 0 : Math.round(video.volume * 100);
    this.volume.setAttribute('aria-valuetext', this.silent() ? 'muted' : `${this.volume.value} percent`);
    this.start.hidden = player.phase !== 'blocked';
    this.unmute.hidden = !(this.hasSound && video.muted && player.phase === 'playing' && !this.remembered.get('muted'));
    this.showLive();
  }

  /** How far behind live playback is; the button works only where there is something to jump over. */
  showLive() {
    const behind = this.player.behind();
    const jumps = behind > BEHIND_SECONDS;
    this.live.hidden = this.player.phase !== 'playing';
    this.live.disabled = !jumps;
    setText(document.getElementById('live-text'), jumps ? `${Math.round(behind)} s behind` : 'Live');
    this.live.setAttribute('aria-label', jumps ? `Jump to live, ${Math.round(behind)} seconds ahead` : 'Playing live');
  }
}
