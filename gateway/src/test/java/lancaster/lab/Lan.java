package lancaster.lab;

/** A LAN: {@code 10.NUMBER.0.0/24} and {@code fd00:NUMBER::/64}, behind a switch that is a bridge of its name. */
record Lan(String name, int number, SwitchKind kind) {
    /** The switch takes the last address: it asks for members, and queries come from an address. */
    private static final int SWITCH = 254;

    private static final int INTERFACE_NAME_LIMIT = 15;

    String address(int host) {
        return "10." + number + ".0." + host;
    }

    /** The same digits, so that people find the host; as a number they are hexadecimal. */
    String address6(int host) {
        return "fd00:" + number + "::" + host;
    }

    String bridge() {
        return "sw-" + name;
    }

    String addressOfSwitch() {
        return address(SWITCH);
    }

    /** The port of the switch that a host's cable is in. */
    String port(String host) {
        String port = host + "." + name;
        if (port.length() > INTERFACE_NAME_LIMIT) {
            throw new IllegalArgumentException("longer than names of interfaces may be: " + port);
        }
        return port;
    }
}
