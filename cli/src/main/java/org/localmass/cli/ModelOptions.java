package org.localmass.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.localmass.core.region.BoundPoint;
import org.localmass.core.region.PointExpression;
import org.localmass.vi.model.GradientCheck;
import org.localmass.vi.model.Model;
import org.localmass.vi.model.Models;
import org.localmass.vi.model.RegressionTable;
import picocli.CommandLine.Option;

/** The model of {@code fit} and of {@code check} with a density. */
final class ModelOptions {
    @Option(
            names = "--data",
            paramLabel = "FILE",
            description = "Table of a regression: a comma-separated file with a header.")
    @Nullable
    private Path data;

    @Option(
            names = "--response",
            paramLabel = "NAME",
            defaultValue = "y",
            description = "The response's column in --data (default: ${DEFAULT-VALUE}).")
    private String response = "y";

    @Option(
            names = "--columns",
            split = ",",
            paramLabel = "NAME",
            description = "The columns of --data to explain the response by (default: all others).")
    private List<String> columns = new ArrayList<>();

    @Option(
            names = "--anchor",
            paramLabel = "POINT",
            description =
                    "A point near which there may be a mode too narrow to be found: 0, [0,0,1] or"
                            + " \"tau=0.1, beta[3]=0\" (parameters that are left out keep the prior's anchor or 0). Repeatable.")
    private List<String> anchors = new ArrayList<>();

    @Option(names = "--no-prior-anchors", description = "Do not search at the points that the model's prior declares.")
    private boolean noPriorAnchors;

    @Option(
            names = "--check-gradient",
            description = "First compare the model's gradient with differences of its density.")
    private boolean checkGradient;

    Model model(String text, long seed) throws BadInput {
        Model model;
        try {
            Optional<RegressionTable> table =
                    data == null ? Optional.empty() : Optional.of(RegressionTable.read(data, response, columns));
            model = Models.of(text, table);
        } catch (IOException e) {
            throw new BadInput("--data " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new BadInput("--model: " + e.getMessage(), e);
        }
        if (checkGradient) {
            try {
                GradientCheck.withDefaults().require(model, seed);
            } catch (IllegalArgumentException e) {
                throw new BadInput("--model: " + e.getMessage(), e);
            }
        }
        return model;
    }

    /** Anchors in unconstrained coordinates. */
    List<double[]> anchors(Model model) throws BadInput {
        List<double[]> points = new ArrayList<>();
        for (String text : anchors) {
            try {
                points.add(anchor(model, PointExpression.parse(text).bind(model.parameterNames(), Map.of())));
            } catch (IllegalArgumentException e) {
                throw new BadInput("--anchor: " + e.getMessage(), e);
            }
        }
        if (!noPriorAnchors) {
            points.addAll(model.anchors());
        }
        return points;
    }

    private static double[] anchor(Model model, BoundPoint point) {
        double[] start = model.anchors().isEmpty()
                ? new double[model.dimension()]
                : model.anchors().get(0);
        double[] parameters = new double[model.parameterNames().size()];
        model.constrain(start, parameters);
        for (int k = 0; k < point.coordinates().length; k++) {
            parameters[point.coordinates()[k]] = point.centre()[k];
        }
        return model.unconstrain(parameters);
    }
}
