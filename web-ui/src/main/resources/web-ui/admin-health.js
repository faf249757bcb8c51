// What a stream's figures mean, in words.

import { rate } from '/ui/admin-ui.js';

const SILENT_MS = 3000;
const DRIFT_MS = 120;
const LONG_GOP_MS = 6000;
/** So many frames are lost where encoders begin. */
const BEARABLE = 5;

const isVideo = (track) => track.gop !== undefined || /^(H\.26|HEVC|AV1|VP)/.test(track.codec);

/** What is wrong with the input of a stream, gravest first: texts with their kind. */
export function inputFaults(stream) {
  const faults = [];
  if (stream.waitingForEncoderSince) faults.push(['bad', 'No encoder publishes it; the stream waits for one to come back.']);
  for (const track of stream.tracks) {
    const kind = isVideo(track) ? 'picture' : 'sound';
    if (stream.publisher && track.lastAccessUnitAgeMs > SILENT_MS) {
      faults.push(['bad', `No ${kind} for ${Math.round(track.lastAccessUnitAgeMs / 1000)} s. Is the encoder’s source on?`]);
    }
    if (track.gop && track.gop.longestMs > LONG_GOP_MS) {
      faults.push(['warn', `Key frames come up to ${(track.gop.longestMs / 1000).toFixed(1)} s apart: viewers wait that long for a picture. Set the encoder’s keyframe interval to 2 s.`]);
    }
    if (track.timestampJumps > 0) faults.push(['warn', `Times of the ${kind} jumped ${track.timestampJumps} times; they were put right.`]);
    if (track.dropped > BEARABLE + track.accessUnits / 1000) {
      faults.push(['warn', `${track.dropped} frames of ${kind} couldn’t be used.`]);
    }
  }
  if (Math.abs(stream.avDriftMs ?? 0) > DRIFT_MS) {
    faults.push(['warn', `Sound and picture are ${Math.abs(stream.avDriftMs)} ms apart.`]);
  }
  if (stream.publisher?.lostAccessUnits > 0) {
    faults.push(['warn', `${stream.publisher.lostAccessUnits} frames were lost because they came faster than they could be taken.`]);
  }
  if (stream.failedOutputs > 0) faults.push(['warn', `Outputs failed ${stream.failedOutputs} times; they were started again.`]);
  return faults;
}

/** One word for a stream, and the kind of its badge. */
export function verdict(stream) {
  const faults = inputFaults(stream);
  if (stream.waitingForEncoderSince) return ['Waiting', 'bad'];
  if (faults.some(([kind]) => kind === 'bad')) return ['Broken', 'bad'];
  return faults.length > 0 ? ['Needs a look', 'warn'] : ['Good', 'on'];
}

export const MULTICAST_WORDS = {
  prepared: ['Prepared', ''],
  stopped: ['Stopped', ''],
  waiting: ['Waiting for a key frame', 'warn'],
  sending: ['Sending', 'on'],
  retrying: ['Failing', 'bad'],
};

/** "H.264 1920 × 1080" is told by the watch page's list; here the codec and what comes of it. */
export function trackFacts(track) {
  const facts = [track.codec, rate(track.bitsPerSecond)];
  if (isVideo(track)) facts.push(`${track.framesPerSecond.toFixed(1)} fps`);
  return facts.join(' · ');
}

export { isVideo };
