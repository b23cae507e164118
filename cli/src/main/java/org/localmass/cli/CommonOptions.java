package org.localmass.cli;

import org.jspecify.annotations.Nullable;
import org.localmass.check.CheckOptions;
import org.localmass.check.RequestedBall;
import picocli.CommandLine.Option;

/** Options that the commands share. */
final class CommonOptions {
    @Option(
            names = "--format",
            paramLabel = "text|json|markdown",
            defaultValue = "TEXT",
            description = "What to print (default: text).")
    OutputFormat format = OutputFormat.TEXT;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Seed of random steps; recorded in the report (default: ${DEFAULT-VALUE}).")
    long seed = 1;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads; the result does not depend on it (default: all processors).")
    @Nullable
    Integer threads;

    @Option(
            names = "--level",
            paramLabel = "L",
            defaultValue = "0.95",
            description = "Level of intervals; 1 - L is the error rate of findings (default: ${DEFAULT-VALUE}).")
    double level = 0.95;

    @Option(
            names = "--alpha",
            paramLabel = "A",
            defaultValue = "0.5",
            description = "Order of the local RE-KL of balls (default: ${DEFAULT-VALUE}).")
    double alpha = 0.5;

    @Option(
            names = "--norm",
            paramLabel = "l2|linf|mahalanobis",
            defaultValue = "L2",
            description = "Norm of balls; mahalanobis takes the reference's covariance (default: l2).")
    RequestedBall.NormKind norm = RequestedBall.NormKind.L2;

    @Option(names = "--quiet", description = "Print nothing but errors; the exit code tells.")
    boolean quiet;

    int threadCount() {
        return threads == null ? Runtime.getRuntime().availableProcessors() : threads;
    }

    /** The options of a check. */
    CheckOptions check(double materialRatio, double materialMass) throws BadInput {
        if (!(level > 0 && level < 1)) {
            throw new BadInput("--level must lie strictly between 0 and 1, was " + level);
        }
        if (!(alpha > 0 && alpha < Double.POSITIVE_INFINITY)) {
            throw new BadInput("--alpha must be positive and finite, was " + alpha);
        }
        if (threadCount() < 1) {
            throw new BadInput("--threads must be at least 1, was " + threadCount());
        }
        if (!(materialRatio >= 1 && materialRatio < Double.POSITIVE_INFINITY)) {
            throw new BadInput("--material-ratio must be at least 1 and finite, was " + materialRatio);
        }
        if (!(materialMass >= 0 && materialMass < 1)) {
            throw new BadInput("--material-mass must lie in [0, 1), was " + materialMass);
        }
        return CheckOptions.withDefaults()
                .withLevel(level)
                .withAlpha(alpha)
                .withMaterial(materialRatio, materialMass)
                .withThreads(threadCount());
    }
}
