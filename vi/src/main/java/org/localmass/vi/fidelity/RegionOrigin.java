package org.localmass.vi.fidelity;

/** Where a region came from. */
public enum RegionOrigin {
    /** The user named it. */
    REQUESTED("requested"),
    /** A percent at one end of a coordinate. */
    TAIL("tail"),
    /** A ball about an anchor or a mode. */
    MODE("mode"),
    /** A ball in which the fit had lost mass. */
    LOST("lost");

    private final String label;

    RegionOrigin(String label) {
        this.label = label;
    }

    /** The name in reports. */
    public String label() {
        return label;
    }
}
