package lancaster.rtmp.message;

import lancaster.amf.AmfObject;
import lancaster.amf.AmfValue;

/** Codes of status reports (§7.2.1.1, §7.2.2), which encoders show or act upon, with the level that goes with each. */
public enum NetStatus {
    CONNECT_SUCCESS("NetConnection.Connect.Success", false),
    CONNECT_REJECTED("NetConnection.Connect.Rejected", true),
    CONNECT_CLOSED("NetConnection.Connect.Closed", false),
    /** There is no way to the server, or none that it lets one go. */
    CONNECT_FAILED("NetConnection.Connect.Failed", true),
    CALL_FAILED("NetConnection.Call.Failed", true),
    PUBLISH_START("NetStream.Publish.Start", false),
    /** The name isn't one, or someone else publishes under it. */
    PUBLISH_BAD_NAME("NetStream.Publish.BadName", true),
    /** The key is missing or wrong. */
    PUBLISH_DENIED("NetStream.Publish.Denied", true),
    /** What is published can't be used, such as its codec. */
    PUBLISH_REJECTED("NetStream.Publish.Rejected", true),
    UNPUBLISH_SUCCESS("NetStream.Unpublish.Success", false),
    PLAY_START("NetStream.Play.Start", false),
    PLAY_RESET("NetStream.Play.Reset", false),
    PLAY_STOP("NetStream.Play.Stop", false),
    /** It goes on with another stream, as the client wished. */
    PLAY_TRANSITION("NetStream.Play.Transition", false),
    PLAY_PUBLISH_NOTIFY("NetStream.Play.PublishNotify", false),
    PLAY_UNPUBLISH_NOTIFY("NetStream.Play.UnpublishNotify", false),
    PLAY_STREAM_NOT_FOUND("NetStream.Play.StreamNotFound", true),
    /** The client may not, or the stream can't be played. */
    PLAY_FAILED("NetStream.Play.Failed", true),
    PAUSE_NOTIFY("NetStream.Pause.Notify", false),
    UNPAUSE_NOTIFY("NetStream.Unpause.Notify", false),
    SEEK_NOTIFY("NetStream.Seek.Notify", false),
    /** A stream between peers, without a server: there is a way to the other. */
    STREAM_CONNECT_SUCCESS("NetStream.Connect.Success", false),
    STREAM_CONNECT_FAILED("NetStream.Connect.Failed", true),
    /** The other doesn't want this one. */
    STREAM_CONNECT_REJECTED("NetStream.Connect.Rejected", true),
    STREAM_CONNECT_CLOSED("NetStream.Connect.Closed", false),
    /** In a data message: from here on what is played comes. */
    DATA_START("NetStream.Data.Start", false);

    private final String code;
    private final boolean error;

    NetStatus(String code, boolean error) {
        this.code = code;
        this.error = error;
    }

    public String code() {
        return code;
    }

    public boolean isError() {
        return error;
    }

    /** The information object that carries this status. */
    public AmfObject.Builder toInformation(String description) {
        return AmfObject.builder()
                .put("level", error ? "error" : "status")
                .put("code", code)
                .put("description", description);
    }

    /** The command {@code onStatus} on a message stream. */
    public RtmpMessage.Command onStatus(int messageStreamId, String description) {
        AmfValue information = new AmfValue.Obj(toInformation(description).build());
        return new RtmpMessage.Command(messageStreamId, "onStatus", 0, new AmfValue.Null(), information);
    }
}
