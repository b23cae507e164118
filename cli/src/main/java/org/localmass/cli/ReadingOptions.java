package org.localmass.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.localmass.io.Arrangement;
import org.localmass.io.BurnIn;
import org.localmass.io.ColumnRole;
import org.localmass.io.DrawsReader;
import picocli.CommandLine.Option;

/** How files of draws are read. */
final class ReadingOptions {
    @Option(
            names = "--drop-nonfinite",
            description = "Drop and count draws with a non-finite parameter instead of refusing the file.")
    private boolean dropNonfinite;

    @Option(names = "--ignore-nan-columns", description = "Leave out parameters that are NaN in all draws.")
    private boolean ignoreNanColumns;

    @Option(
            names = "--group",
            paramLabel = "NAME",
            description = "Group of netCDF, Zarr and JSON files (default: posterior); FILE::NAME says it for one file.")
    @Nullable
    private String group;

    @Option(
            names = "--layout",
            paramLabel = "auto|draw|chain-draw",
            defaultValue = "auto",
            description = "What the first axes of npz, npy, JSON and HDF5 arrays without named axes are"
                    + " (default: judged by their shapes).")
    private String layout = "auto";

    @Option(
            names = "--burn-in",
            paramLabel = "N|P%%",
            description = "Leave out the first N, or P percent, draws of each chain.")
    @Nullable
    private String burnIn;

    @Option(
            names = "--column",
            paramLabel = "NAME=ROLE",
            description = "What a column is whose name does not tell: parameter, statistic, chain, iteration, weight,"
                    + " log_weight, log_target, log_approx or ignore. Repeatable.")
    private List<String> columns = new ArrayList<>();

    DrawsReader reader() throws BadInput {
        return DrawsReader.withDefaults()
                .withDropNonfinite(dropNonfinite)
                .withIgnoreNanColumns(ignoreNanColumns)
                .withGroup(group)
                .withArrangement(arrangement())
                .withBurnIn(burnIn())
                .withColumns(roles());
    }

    private Arrangement arrangement() throws BadInput {
        return switch (layout) {
            case "auto" -> Arrangement.AUTO;
            case "draw" -> Arrangement.DRAW;
            case "chain-draw" -> Arrangement.CHAIN_DRAW;
            default -> throw new BadInput("--layout must be auto, draw or chain-draw, was '" + layout + "'");
        };
    }

    private BurnIn burnIn() throws BadInput {
        if (burnIn == null) {
            return BurnIn.NONE;
        }
        try {
            return BurnIn.parse(burnIn);
        } catch (IllegalArgumentException e) {
            throw new BadInput("--burn-in: " + e.getMessage(), e);
        }
    }

    private Map<String, ColumnRole> roles() throws BadInput {
        Map<String, ColumnRole> roles = new LinkedHashMap<>();
        for (String text : columns) {
            int equals = text.lastIndexOf('=');
            if (equals <= 0) {
                throw new BadInput("--column must be NAME=ROLE, was '" + text + "'");
            }
            try {
                roles.put(text.substring(0, equals), ColumnRole.parse(text.substring(equals + 1)));
            } catch (IllegalArgumentException e) {
                throw new BadInput("--column: " + e.getMessage(), e);
            }
        }
        return roles;
    }
}
