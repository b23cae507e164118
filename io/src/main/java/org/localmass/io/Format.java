package org.localmass.io;

import org.localmass.core.draws.Sampling;

/** A kind of file that holds draws. */
public enum Format {
    /** Stan's sample CSV (CmdStan and rstan): one Markov chain. */
    STAN_SAMPLE(Role.REFERENCE, Sampling.MARKOV_CHAIN, "Stan sample CSV"),
    /** Stan's CSV of generated quantities: one row for each draw of a Markov chain. */
    STAN_GENERATED_QUANTITIES(Role.REFERENCE, Sampling.MARKOV_CHAIN, "Stan generated quantities CSV"),
    /** Stan's variational CSV (ADVI); its first row is the mean and no draw. */
    STAN_VARIATIONAL(Role.APPROXIMATION, Sampling.INDEPENDENT, "Stan variational CSV"),
    /** Stan's Laplace CSV: draws of a normal approximation at the mode. */
    STAN_LAPLACE(Role.APPROXIMATION, Sampling.INDEPENDENT, "Stan Laplace CSV"),
    /** Stan's Pathfinder CSV. */
    STAN_PATHFINDER(Role.APPROXIMATION, Sampling.INDEPENDENT, "Stan Pathfinder CSV"),
    /** Any other CSV with a header line and numbers below it. */
    CSV(Role.UNKNOWN, Sampling.UNKNOWN, "CSV"),
    /** Reference draws of posteriordb: a JSON array of chains. */
    POSTERIORDB(Role.REFERENCE, Sampling.MARKOV_CHAIN, "posteriordb JSON");

    private final Role role;
    private final Sampling sampling;
    private final String words;

    Format(Role role, Sampling sampling, String words) {
        this.role = role;
        this.sampling = sampling;
        this.words = words;
    }

    /** The side of a check that files of this kind belong to. */
    public Role role() {
        return role;
    }

    /** How the draws of such a file depend on each other. */
    public Sampling sampling() {
        return sampling;
    }

    /** The kind in words, such as {@code Stan sample CSV}. */
    public String words() {
        return words;
    }
}
