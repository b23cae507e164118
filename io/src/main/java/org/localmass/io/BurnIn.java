package org.localmass.io;

/**
 * What is left out at the beginning of each chain.
 *
 * @param draws   number of draws
 * @param percent share of the chain's draws, rounded up, in [0, 100); added to {@code draws}
 */
public record BurnIn(long draws, double percent) {
    /** Nothing. */
    public static final BurnIn NONE = new BurnIn(0, 0);

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if {@code draws} is negative, or {@code percent} not in [0, 100)
     */
    public BurnIn {
        if (draws < 0) {
            throw new IllegalArgumentException("draws must not be negative, was " + draws);
        }
        if (!(percent >= 0 && percent < 100)) {
            throw new IllegalArgumentException("percent must lie in [0, 100), was " + percent);
        }
    }

    /**
     * {@code 1000} or {@code 10%}.
     *
     * @throws IllegalArgumentException if the text is neither
     */
    public static BurnIn parse(String text) {
        String value = text.strip();
        try {
            if (value.endsWith("%")) {
                return new BurnIn(0, Double.parseDouble(value.substring(0, value.length() - 1)));
            }
            return new BurnIn(Long.parseLong(value), 0);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "burn-in must be a number of draws or a percentage below 100 such as 10%, was '" + text + "'", e);
        }
    }

    /** Number of draws that a chain loses. */
    long of(long size) {
        return draws + (long) Math.ceil(size * percent / 100);
    }
}
