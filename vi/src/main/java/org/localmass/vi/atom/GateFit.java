package org.localmass.vi.atom;

/**
 * Gates fitted to a posterior.
 *
 * @param posterior  the gates and slabs
 * @param elbo       lower bound of log Z, in nats
 * @param elboError  its Monte Carlo standard error; 0 where it is exact
 * @param iterations sweeps over the coefficients, or steps of the optimiser
 * @param lastChange largest change of an inclusion probability in the last sweep
 * @param converged  whether that is below the tolerance; stochastic fits never say so
 */
public record GateFit(
        GatePosterior posterior, double elbo, double elboError, int iterations, double lastChange, boolean converged) {}
