package org.localmass.vi;

/** How a fit searches. */
public enum OptimizerName {
    /**
     * By fixed draws, and from there by Adam where one component of full covariance in ten or more dimensions has not
     * settled by 16 d draws, has learnt them by heart (0.3 nats better on them than on fresh ones) and Pareto k-hat is
     * above 0.7.
     */
    AUTO("auto"),
    /** Quasi-Newton on fixed balanced draws, whose number doubles until gain and masses hold on fresh ones. */
    FIXED_DRAWS("saa"),
    /** Adam on fresh draws, sticking the landing, with iterate averaging. */
    ADAM("adam");

    private final String label;

    OptimizerName(String label) {
        this.label = label;
    }

    /** The name that the command line knows. */
    public String label() {
        return label;
    }

    /**
     * The optimiser of a name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static OptimizerName parse(String text) {
        for (OptimizerName name : values()) {
            if (name.label.equals(text)) {
                return name;
            }
        }
        throw new IllegalArgumentException("optimizer must be auto, saa or adam, was " + text);
    }
}
