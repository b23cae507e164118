package org.localmass.io;

import org.localmass.core.draws.Sampling;

/**
 * A kind of file that holds draws.
 *
 * @param role     the side of a check that files of this kind belong to
 * @param sampling how the draws of such a file depend on each other
 * @param words    the kind in words, such as {@code Stan sample CSV}
 */
public record Format(Role role, Sampling sampling, String words) {
    /** Stan's sample CSV (CmdStan and rstan): one Markov chain. */
    public static final Format STAN_SAMPLE = chains("Stan sample CSV");
    /** Stan's CSV of generated quantities: one row for each draw of a Markov chain. */
    public static final Format STAN_GENERATED_QUANTITIES = chains("Stan generated quantities CSV");
    /** Stan's variational CSV (ADVI); its first row is the mean and no draw. */
    public static final Format STAN_VARIATIONAL = approximation("Stan variational CSV");
    /** Stan's Laplace CSV: draws of a normal approximation at the mode. */
    public static final Format STAN_LAPLACE = approximation("Stan Laplace CSV");
    /** Stan's Pathfinder CSV. */
    public static final Format STAN_PATHFINDER = approximation("Stan Pathfinder CSV");
    /** Any other table of numbers as text: a header line and numbers below it. */
    public static final Format CSV = unknown("CSV");
    /** A log of BEAST, MrBayes or RevBayes, as Tracer reads them: one Markov chain. */
    public static final Format TRACER_LOG = chains("Tracer log");
    /** Reference draws of posteriordb: a JSON array of chains. */
    public static final Format POSTERIORDB = chains("posteriordb JSON");
    /** A JSON object of arrays by parameter. */
    public static final Format JSON_ARRAYS = unknown("JSON of arrays");
    /** One array of NumPy. */
    public static final Format NPY = unknown("NumPy array");
    /** Several arrays of NumPy. */
    public static final Format NPZ = unknown("NumPy archive");
    /** InferenceData of ArviZ, as netCDF-4, with the statistics of a sampler. */
    public static final Format NETCDF_SAMPLE = chains("ArviZ netCDF");
    /** A group of a netCDF-4 file without the statistics of a sampler, or arrays of any HDF5 file. */
    public static final Format NETCDF = unknown("netCDF");
    /** A Parquet file. */
    public static final Format PARQUET = unknown("Parquet");

    private static Format chains(String words) {
        return new Format(Role.REFERENCE, Sampling.MARKOV_CHAIN, words);
    }

    private static Format approximation(String words) {
        return new Format(Role.APPROXIMATION, Sampling.INDEPENDENT, words);
    }

    private static Format unknown(String words) {
        return new Format(Role.UNKNOWN, Sampling.UNKNOWN, words);
    }
}
