package org.localmass.io;

import com.fasterxml.jackson.core.io.NumberOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.localmass.core.draws.Chain;

/** Writes a table with a header line; each number is the shortest decimal that reads back as it. */
final class CsvTable {
    private CsvTable() {}

    static void write(DrawsWriter.Table table, OutputStream out) throws IOException {
        List<String> header = new ArrayList<>();
        if (table.numbered()) {
            // with the statistics of Stan a plain "chain" would be a parameter
            header.add(DrawsWriter.Table.CHAIN + "__");
        }
        table.columns().forEach(name -> header.add(quoted(name)));
        out.write((String.join(",", header) + "\n").getBytes(StandardCharsets.UTF_8));
        int number = 0;
        for (Chain chain : table.draws().chains()) {
            number++;
            double[][] values = table.values(chain);
            StringBuilder row = new StringBuilder();
            for (int i = 0; i < chain.size(); i++) {
                row.setLength(0);
                if (table.numbered()) {
                    row.append(number).append(',');
                }
                for (int j = 0; j < values.length; j++) {
                    row.append(j > 0 ? "," : "").append(text(values[j][i]));
                }
                out.write(row.append('\n').toString().getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private static String quoted(String name) {
        boolean plain = name.chars().noneMatch(c -> c == ',' || c == '"' || c == ';' || c == '|' || c <= ' ');
        return plain ? name : '"' + name.replace("\"", "\"\"") + '"';
    }

    private static String text(double value) {
        if (Double.isInfinite(value)) {
            return value > 0 ? "Inf" : "-Inf";
        }
        // Jackson's writer, not Double.toString, which is another one on every second Java version
        return Double.isNaN(value) ? "NaN" : NumberOutput.toString(value, true);
    }
}
