package lancaster.flv;

/** The content of a tag, parsed to its end. */
public sealed interface FlvTag permits AudioTag, VideoTag, ScriptTag {}
