/**
 * A strict checker of live HLS: playlists alone, over their reloads, against the segments they list and against the
 * multivariant playlist that describes them. It shares no code with the writers. Section numbers are of
 * draft-pantos-hls-rfc8216bis-22; tags that no rule here knows are findings too, so that new tags need new rules.
 */
package lancaster.hlscheck;
