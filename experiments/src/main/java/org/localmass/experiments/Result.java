package org.localmass.experiments;

import java.util.List;
import java.util.Map;

/**
 * What an experiment found.
 *
 * @param name        of the experiment
 * @param title       in words
 * @param question    what it asks and the answer, in a few sentences
 * @param settings    everything needed to run it again, in order
 * @param tables      raw results
 * @param figures     curves
 * @param comparisons published numbers beside ours
 * @param remarks     failures, odd results and differences of method
 */
public record Result(
        String name,
        String title,
        String question,
        Map<String, String> settings,
        List<RawTable> tables,
        List<Figure> figures,
        List<Comparison> comparisons,
        List<String> remarks) {
    public Result {
        settings = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(settings));
        tables = List.copyOf(tables);
        figures = List.copyOf(figures);
        comparisons = List.copyOf(comparisons);
        remarks = List.copyOf(remarks);
    }
}
