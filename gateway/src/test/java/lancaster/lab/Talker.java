package lancaster.lab;

/** Sends to a group from a host of the lab, 500 datagrams a second, until it is closed. */
final class Talker implements AutoCloseable {
    private final Agent agent;
    private final Agent.Request talking;

    private Talker(Agent agent, Agent.Request talking) {
        this.agent = agent;
        this.talking = talking;
    }

    static Talker start(LabHost host, String group, int port, String lan, int ttl, int count) {
        Agent agent = host.agent();
        return new Talker(
                agent, agent.ask("talk " + group + " " + port + " " + host.device(lan) + " " + ttl + " " + count));
    }

    /** Waits until all has been sent. */
    void await() {
        String answer = talking.await();
        if (!answer.equals("talked")) {
            throw new AssertionError(answer);
        }
    }

    @Override
    public void close() {
        if (!talking.answer().isDone()) {
            agent.ask("stop " + talking.number()).await();
        }
        await();
    }
}
