package org.localmass.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.localmass.check.NamedRegion;
import org.localmass.check.RequestedBall;
import org.localmass.core.region.PointExpression;
import org.localmass.core.region.Region;
import org.localmass.core.region.RegionExpression;
import org.localmass.core.region.RegionSyntaxException;
import org.localmass.io.RegionDefinitions;

/** Regions and balls of the command line, parsed before any file of draws is read. */
final class RegionOptions {
    private record Named(String text, BiFunction<List<String>, Map<String, String>, Region> binding) {}

    private final List<Named> regions = new ArrayList<>();
    private final List<PointExpression> balls = new ArrayList<>();

    static RegionOptions parse(List<String> regions, List<String> balls) throws BadInput {
        RegionOptions parsed = new RegionOptions();
        for (String text : regions) {
            if (text.startsWith("@")) {
                parsed.addFile(text.substring(1));
            } else {
                parsed.add(text.strip(), text);
            }
        }
        for (String text : balls) {
            try {
                parsed.balls.add(PointExpression.parse(text));
            } catch (RegionSyntaxException e) {
                throw new BadInput("--ball: " + e.getMessage(), e);
            }
        }
        return parsed;
    }

    private void add(String shown, String text) throws BadInput {
        try {
            regions.add(new Named(shown, RegionExpression.parse(text)::bind));
        } catch (RegionSyntaxException e) {
            throw new BadInput("--region: " + e.getMessage(), e);
        }
    }

    /** {@code FILE} or {@code FILE#ID}: the regions of a report, or one of them. */
    private void addFile(String argument) throws BadInput {
        int hash = argument.lastIndexOf('#');
        String file = hash < 0 ? argument : argument.substring(0, hash);
        String wanted = hash < 0 ? "" : argument.substring(hash + 1);
        List<RegionDefinitions.Definition> definitions;
        try {
            definitions = wanted.isEmpty()
                    ? RegionDefinitions.read(Path.of(file))
                    : RegionDefinitions.readEvery(Path.of(file));
        } catch (IOException e) {
            throw new BadInput("--region @" + e.getMessage(), e);
        }
        boolean found = false;
        for (RegionDefinitions.Definition d : definitions) {
            if (wanted.isEmpty() || wanted.equals(d.id())) {
                regions.add(new Named(d.text(), (names, labels) -> d.bind(names)));
                found = true;
            }
        }
        if (!found) {
            List<String> ids =
                    definitions.stream().map(RegionDefinitions.Definition::id).toList();
            throw new BadInput("--region @" + argument + ": the report has no region " + wanted + "; it has "
                    + String.join(", ", ids));
        }
    }

    /** The regions bound to the shared parameters. */
    List<NamedRegion> regions(List<String> names, Map<String, String> labels) throws BadInput {
        List<NamedRegion> bound = new ArrayList<>();
        for (Named r : regions) {
            try {
                bound.add(new NamedRegion(r.text, r.binding.apply(names, labels)));
            } catch (IllegalArgumentException e) {
                throw new BadInput("--region: " + e.getMessage(), e);
            }
        }
        return bound;
    }

    /** The centres bound to the shared parameters. */
    List<RequestedBall> balls(List<String> names, Map<String, String> labels, RequestedBall.NormKind norm)
            throws BadInput {
        List<RequestedBall> bound = new ArrayList<>();
        for (PointExpression p : balls) {
            try {
                bound.add(new RequestedBall(p.bind(names, labels), norm));
            } catch (IllegalArgumentException e) {
                throw new BadInput("--ball: " + e.getMessage(), e);
            }
        }
        return bound;
    }
}
