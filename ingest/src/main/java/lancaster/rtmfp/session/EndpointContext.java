package lancaster.rtmfp.session;

import java.util.random.RandomGenerator;
import lancaster.rtmfp.flow.BufferBudget;
import lancaster.rtmfp.packet.AckBuilder;
import lancaster.runloop.RunLoop;

/** What the sessions of an endpoint have in common. */
record EndpointContext(
        RunLoop loop,
        RtmfpSettings settings,
        RandomGenerator random,
        PacketOutput output,
        AckBuilder ackBuilder,
        TimeCriticalNotices notices,
        AddressProof proof,
        BufferBudget receiveBudget) {}
