package org.localmass.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.localmass.check.MassMap;

/**
 * Parameters against approximations: in each place the part of the parameter's distribution in which that approximation
 * differs most. The parts are the cells of the mass map, the same for all, since the reference is.
 */
final class ComparisonMap {
    private static final int MOST_ROWS = 60;

    private ComparisonMap() {}

    static void draw(List<Comparison> comparisons, Xhtml page) {
        List<MassMap> maps =
                comparisons.stream().map(c -> c.report().portrait().massMap()).toList();
        List<String> names = maps.stream()
                .flatMap(m -> m.rows().stream())
                .map(MassMap.Row::parameter)
                .distinct()
                .toList();
        if (names.isEmpty()) {
            return;
        }
        page.open("section", "aria-labelledby", "parameters").leaf("h2", "Parameters side by side", "id", "parameters");
        page.leaf(
                "p",
                "For each parameter the part of its distribution in which q differs most: q/p there, and between which"
                        + " percentiles of p. For looking, not a test; the largest difference comes first.");
        List<String> head = new ArrayList<>(List.of("Parameter"));
        comparisons.forEach(c -> head.add(c.approximationName()));
        List<List<Page.Cell>> rows = names.stream()
                .sorted(Comparator.comparingDouble((String n) -> -deviation(maps, n)))
                .limit(MOST_ROWS)
                .map(n -> row(maps, n))
                .toList();
        Page.table(page, "Worst part of each parameter, by approximation", head, rows);
        if (names.size() > MOST_ROWS) {
            page.leaf("p", "The first " + MOST_ROWS + " of " + names.size() + " parameters.", "class", "note");
        }
        page.close();
    }

    private static double deviation(List<MassMap> maps, String name) {
        return maps.stream()
                .flatMap(m -> m.rows().stream())
                .filter(r -> r.parameter().equals(name))
                .mapToDouble(MassMapTable::deviation)
                .max()
                .orElse(0);
    }

    private static List<Page.Cell> row(List<MassMap> maps, String name) {
        List<Page.Cell> cells = new ArrayList<>(List.of(Page.Cell.code(name)));
        for (MassMap map : maps) {
            cells.add(map.rows().stream()
                    .filter(r -> r.parameter().equals(name))
                    .findFirst()
                    .map(r -> cell(map, r))
                    .orElse(Page.Cell.of("-")));
        }
        return cells;
    }

    private static Page.Cell cell(MassMap map, MassMap.Row row) {
        List<String> columns = MassMapTable.columns(map);
        return MassMapTable.worst(row)
                .map(c -> {
                    int k = row.cells().indexOf(c);
                    return Page.Cell.of(MassMapTable.brief(c.ratio().estimate()), columns.get(k) + " %")
                            .looking(MassMapTable.colour(c.ratio().estimate()));
                })
                .orElse(Page.Cell.of("no difference"));
    }
}
