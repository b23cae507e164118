package org.localmass.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.localmass.core.draws.Sampling;

class DrawsReaderTest {
    @TempDir
    Path directory;

    // what is read: text -> FORMAT names (statistics): values by draw, chains apart by |, then notes

    static Stream<Arguments> readable() {
        return Stream.of(
                arguments("plain", "x,y\n1,2\n3,4\n", "CSV x y (): 1 2, 3 4"),
                arguments("last line without end", "x,y\n1,2\n3,4", "CSV x y (): 1 2, 3 4; " + OPEN_END),
                arguments("CRLF", "x,y\r\n1,2\r\n3,4\r\n", "CSV x y (): 1 2, 3 4"),
                arguments("byte order mark", "\uFEFFx,y\n1,2\n", "CSV x y (): 1 2"),
                arguments("comments and blank lines", "# c\n\nx\n# c\n1\n\n  # c\n 2\n# c\n", "CSV x (): 1, 2"),
                arguments("spaces", " x , y \n 1 ,\t2 \n", "CSV x y (): 1 2"),
                arguments("quotes", "\"x\",\"t[1,2]\"\n\"1\",2\n", "CSV x t[1,2] (): 1 2"),
                arguments(
                        "names of ArviZ",
                        "chain,draw,\"('posterior', '\"\"mu\"\"')\"\n0,0,2\n",
                        "CSV ('posterior', '\"mu\"') (draw): 2 0"),
                arguments("commas in brackets", "x[1, 2],x[2,2]\n1,2\n", "CSV x[1,2] x[2,2] (): 1 2"),
                arguments("dotted names", "x.1.2,a:1,a.b,.x\n1,2,3,4\n", "CSV x[1,2] a:1 a.b .x (): 1 2 3 4"),
                arguments("row numbers of R", "\"\",\"x\"\n\"a\",1\n\"b\",2\n", "CSV x (): 1, 2"),
                arguments("row numbers of pandas", ",x\n0,1\n1,2\n", "CSV x (): 1, 2"),
                arguments(
                        "number words",
                        "x,log_p\n1,Inf\n2,-inf\n3,NaN\n4,NA\n5,\n6,-nan\n7,+Infinity\n",
                        "CSV x (log_p): 1 Infinity, 2 -Infinity, 3 NaN, 4 NaN, 5 NaN, 6 NaN, 7 Infinity"),
                arguments("number forms", "x\n1.\n.5\n-0\n+1e2\n1E-3\n00012\n", "CSV x (): 1, 0.5, -0, 100, 0.001, 12"),
                arguments(
                        "chain column",
                        "chain,draw,x\n1,1,5\n1,2,6\n2,1,7\n2,2,8\n",
                        "CSV x (draw): 5 1, 6 2 | 7 1, 8 2"),
                arguments(
                        "interleaved chains",
                        ".chain,.iteration,.draw,x\n2,1,1,5\n7,1,2,6\n2,2,3,7\n7,2,4,8\n",
                        "CSV x (.iteration .draw): 5 1 1, 7 2 3 | 6 1 2, 8 2 4"),
                arguments("chain__ as a float", "chain__,x\n1.0,5\n2.0,6\n", "CSV x (): 5 | 6"),
                arguments(
                        "densities",
                        "x,log_p,log_q,log_g,lp__\n1,2,3,4,5\n",
                        "CSV x (log_p log_q log_g lp__): 1 2 3 4 5"),
                arguments(
                        "header repeated",
                        "x,y\n1,2\nx,y\n3,4\n",
                        "CSV x y (): 1 2 | 3 4; 2 runs in one file, read as chains"),
                arguments(
                        "sample, no comments",
                        "lp__,accept_stat__,x\n-1,1,5\n",
                        "STAN_SAMPLE x (lp__ accept_stat__): 5 -1 1"),
                arguments(
                        "sample with a parameter named chain",
                        "accept_stat__,chain,draw\n1,5,6\n",
                        "STAN_SAMPLE chain draw (accept_stat__): 5 6 1"),
                arguments("CmdStan", cmdstan(0, 0, 3, 1, "") + rows(3), "STAN_SAMPLE x (accept_stat__): 1 1, 2 1, 3 1"),
                arguments(
                        "CmdStan, warmup saved",
                        cmdstan(1, 2, 3, 1, "") + rows(5),
                        "STAN_SAMPLE x (accept_stat__): 3 1, 4 1, 5 1; 2 warmup draws dropped"),
                arguments(
                        "CmdStan, warmup saved, thinned",
                        cmdstan(1, 5, 7, 3, "") + rows(5),
                        "STAN_SAMPLE x (accept_stat__): 3 1, 4 1, 5 1; 2 warmup draws dropped"),
                arguments(
                        "CmdStan, save_warmup = true",
                        cmdstan(1, 1, 1, 1, "").replace("save_warmup = 1", "save_warmup = true") + rows(2),
                        "STAN_SAMPLE x (accept_stat__): 2 1; 1 warmup draw dropped"),
                arguments(
                        "CmdStan, fixed_param writes no warmup",
                        cmdstan(1, 5, 2, 1, "#     algorithm = fixed_param\n") + rows(2),
                        "STAN_SAMPLE x (accept_stat__): 1 1, 2 1"),
                arguments(
                        "CmdStan, adaptation ends after the warmup",
                        cmdstan(1, 1, 1, 1, "") + "1,1\n# Adaptation terminated\n# Step size = 1\n1,2\n# Elapsed\n",
                        "STAN_SAMPLE x (accept_stat__): 2 1; 1 warmup draw dropped"),
                arguments(
                        "CmdStan, adaptation ends before the announced warmup does",
                        cmdstan(1, 4, 1, 1, "") + "1,1\n# Adaptation terminated\n1,2\n",
                        "STAN_SAMPLE x (accept_stat__): 2 1; 1 warmup draw dropped"),
                arguments(
                        "CmdStan, cut short",
                        cmdstan(0, 5, 9, 1, "") + rows(1),
                        "STAN_SAMPLE x (accept_stat__): 1 1; 1 draws, the comments announce 9"),
                arguments(
                        "CmdStan, two runs",
                        cmdstan(1, 1, 1, 1, "") + rows(2) + cmdstan(0, 1, 2, 1, "") + rows(2),
                        "STAN_SAMPLE x (accept_stat__): 2 1 | 1 1, 2 1; 1 warmup draw dropped; 2 runs in one file, read as chains"),
                arguments(
                        "a warmup draw may be non-finite",
                        cmdstan(1, 1, 1, 1, "") + "1,Inf\n1,2\n",
                        "STAN_SAMPLE x (accept_stat__): 2 1; 1 warmup draw dropped"),
                arguments(
                        "rstan",
                        "# Sample generated by Stan\n# iter=5\n# warmup=2\n# save_warmup=1\n# thin=1\n"
                                + "lp__,accept_stat__,x\n" + "0,1,7\n".repeat(5),
                        "STAN_SAMPLE x (lp__ accept_stat__): 7 0 1, 7 0 1, 7 0 1; 2 warmup draws dropped"),
                arguments(
                        "rstan, warmup not saved",
                        "# Sample generated by Stan\n# iter=5\n# warmup=2\n# save_warmup=0\n# thin=2\n"
                                + "lp__,accept_stat__,x\n" + "0,1,7\n".repeat(2),
                        "STAN_SAMPLE x (lp__ accept_stat__): 7 0 1, 7 0 1"),
                arguments(
                        "sample without accept_stat__",
                        "# method = sample\nlp__,x\n1,2\n",
                        "STAN_SAMPLE x (lp__): 2 1; no accept_stat__ column, which Stan's sampler writes"),
                arguments(
                        "variational",
                        "# method = variational\nlp__,log_p__,log_g__,x\n0,0,0,9\n0,-1,-2,5\n",
                        "STAN_VARIATIONAL x (lp__ log_p__ log_g__): 5 0 -1 -2; first row (the mean) dropped"),
                arguments(
                        "variational, old: lp__ only",
                        "# method = variational\nlp__,x\n0,9\n0,5\n",
                        "STAN_VARIATIONAL x (lp__): 5 0; first row (the mean) dropped"),
                arguments(
                        "variational of rstan",
                        "# Sample generated by Stan (Variational Bayes)\nlp__,log_p__,log_g__,x\n0,0,0,9\n0,-1,-2,5\n",
                        "STAN_VARIATIONAL x (lp__ log_p__ log_g__): 5 0 -1 -2; first row (the mean) dropped"),
                arguments(
                        "variational, the mean removed",
                        "lp__,log_p__,log_g__,x\n0,-1,-2,5\n",
                        "STAN_VARIATIONAL x (lp__ log_p__ log_g__): 5 0 -1 -2"),
                arguments(
                        "variational, the mean not finite",
                        "lp__,log_p__,log_g__,x\n0,0,0,NaN\n0,-1,-2,5\n",
                        "STAN_VARIATIONAL x (lp__ log_p__ log_g__): 5 0 -1 -2; first row (the mean) dropped"),
                arguments(
                        "Laplace",
                        "# method = laplace\nlog_p__,log_q__,x\n-1,-2,5\n",
                        "STAN_LAPLACE x (log_p__ log_q__): 5 -1 -2"),
                arguments(
                        "Laplace by its columns",
                        "log_p__,log_g__,x\n-Inf,0,5\n",
                        "STAN_LAPLACE x (log_p__ log_g__): 5 -Infinity 0"),
                arguments(
                        "Pathfinder",
                        "# method = pathfinder\nlp_approx__,lp__,x\n-1, -2, 5\n",
                        "STAN_PATHFINDER x (lp_approx__ lp__): 5 -1 -2"),
                arguments(
                        "Pathfinder by its columns, several paths",
                        "lp_approx__,lp__,path__,x\n-1,-2,1,5\n-1,-2,3,6\n",
                        "STAN_PATHFINDER x (lp_approx__ lp__ path__): 5 -1 -2 1, 6 -1 -2 3"),
                arguments(
                        "generated quantities",
                        "# method = generate_quantities\ny.1,y.2\n1,2\n",
                        "STAN_GENERATED_QUANTITIES y[1] y[2] (): 1 2"),
                arguments(
                        "posteriordb",
                        "[{\"a\":[1,2.5],\"b.1\":[3,4e0]},\n{\"b.1\":[7,8],\"a\":[5,6]}]",
                        "POSTERIORDB a b[1] (): 1 3, 2.5 4 | 5 7, 6 8"));
    }

    private static final String OPEN_END = "the last row has no line end; its last value may be cut short";

    private static String cmdstan(int save, int warmup, int samples, int thin, String more) {
        return "# method = sample (Default)\n#   sample\n#     num_samples = " + samples + "\n#     num_warmup = "
                + warmup + " (Default)\n#     save_warmup = " + save + "\n#     thin = " + thin + "\n" + more
                + "accept_stat__,x\n";
    }

    private static String rows(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> "1," + i + "\n").collect(Collectors.joining());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("readable")
    void read_valuesAndNotes(String what, String text, String expected) throws IOException {
        Path path = TestFiles.write(directory, "f.csv", text);
        DrawsFile file = DrawsReader.withDefaults().read(path);
        assertEquals(expected, words(file));
        assertEquals(
                Optional.of(new Recognition(file.format(), file.role())),
                DrawsReader.withDefaults().sniff(path));
        DrawsFile packed = DrawsReader.withDefaults().read(TestFiles.gzip(directory, "f.bin", text));
        assertEquals(expected, words(packed), "in gzip");
        DrawsFile zipped = DrawsReader.withDefaults().read(TestFiles.zip(directory, "f", "d/", "", "d/g", text));
        assertEquals(expected, words(zipped), "in zip");
    }

    // what is refused: text -> message without the file's name; what a sniff says of it

    static Stream<Arguments> refused() {
        return Stream.of(
                arguments("empty", "", " the file is empty", "-"),
                arguments(
                        "only comments",
                        "# a\n# b\n",
                        " no header line: the file holds only comments or blank lines",
                        "-"),
                arguments(
                        "only blank lines",
                        "\n\n",
                        " no header line: the file holds only comments or blank lines",
                        "-"),
                arguments("header only", "x,y\n", " no draws below the header", "-"),
                arguments(
                        "header only, Stan",
                        "# method = sample\n# num_samples = 9\naccept_stat__,x\n",
                        " no draws below the header; the comments announce 9",
                        "STAN_SAMPLE"),
                arguments(
                        "warmup only",
                        cmdstan(1, 5, 9, 1, "") + rows(3),
                        " no draws, only 3 of warmup; the comments announce 9",
                        "STAN_SAMPLE"),
                arguments(
                        "the mean only",
                        "# method = variational\nlp__,x\n0,1\n",
                        " no draws below the header",
                        "STAN_VARIATIONAL"),
                arguments("no header", "1,2\n3,4\n", "1: no header line: the first line holds numbers only", "-"),
                arguments("short row", "x,y\n1,2\n3\n4,5\n", "3: 1 value, the header has 2 columns", "CSV"),
                arguments("long row", "x,y\n1,2\n3,4,5\n", "3: 3 values, the header has 2 columns", "CSV"),
                arguments(
                        "long last row without end", "x,y\n1,2\n3,4,5", "3: 3 values, the header has 2 columns", "CSV"),
                arguments("row with a trailing comma", "x,y\n1,2,\n", "2: 3 values, the header has 2 columns", "-"),
                arguments("long row, one column", "x\n1,2\n", "2: 2 values, the header has 1 column", "-"),
                arguments("cut in a row", "x,y,z\n1,2,3\n4,5", "3: " + cut(2, 3), "CSV"),
                arguments("cut after a comma", "x,y,z\n1,2,3\n4,5,", "3: " + cut(2, 3), "CSV"),
                arguments("cut in an exponent", "x,y,z\n1,2,3\n4,5,6e", "3: " + cut(2, 3), "CSV"),
                arguments("cut after a sign", "x,y,z\n1,2,3\n4,-", "3: " + cut(1, 3), "CSV"),
                arguments("text", "x,y\n1,a\n", "2: y is 'a', not a number", "-"),
                arguments("text, normalised name", "x.1,y\n0x10,1\n", "2: x[1] is '0x10', not a number", "-"),
                arguments("number with a suffix", "x\n1d\n", "2: x is '1d', not a number", "-"),
                arguments("two numbers in a cell", "x,y\n1,2 3\n", "2: y is '2 3', not a number", "-"),
                arguments(
                        "decimal comma",
                        "x;y\n1,5;2,5\n",
                        "2: x is '1,5', not a number; decimals are set off by a point",
                        "-"),
                arguments("NaN", "x,tau\n1,2\n3,NaN\n", "3: tau is NaN; " + DROP, "CSV"),
                arguments("Inf", "x,tau.1\n1,2\n3, -Inf\n", "3: tau[1] is -Inf; " + DROP, "CSV"),
                arguments("empty cell", "x,y\n,2\n", "2: x is empty; " + DROP, "CSV"),
                arguments("overflow", "x\n1e999\n", "2: x is 1e999; " + DROP, "CSV"),
                arguments("one column twice", "x,y,x\n1,2,3\n", "1: column x occurs twice", "-"),
                arguments("one column in two spellings", "x.1,x[1]\n1,2\n", "1: column x[1] occurs twice", "-"),
                arguments("one statistic twice", "lp__,x,lp__\n1,2,3\n", "1: column lp__ occurs twice", "-"),
                arguments(
                        "two chain columns",
                        "chain,.chain,x\n1,1,2\n",
                        "1: more than one column numbers the chains",
                        "-"),
                arguments("column without name", "x,,y\n1,2,3\n", "1: column 2 of the header has no name", "-"),
                arguments("header with a trailing comma", "x,y,\n1,2,\n", "1: column 3 of the header has no name", "-"),
                arguments(
                        "no parameters",
                        "lp__,accept_stat__\n1,2\n",
                        "1: no parameter columns, only lp__, accept_stat__",
                        "-"),
                arguments("chain not whole", "chain,x\n1.5,2\n", "2: chain is 1.5, not a whole number", "-"),
                arguments("chain missing", "chain,x\nNA,2\n", "2: chain is NA, not a whole number", "-"),
                arguments(
                        "another header",
                        "x,y\n1,2\nx,z\n3,4\n",
                        "3: a second header line that differs from the first",
                        "CSV"),
                arguments(
                        "another kind of run",
                        "# method = laplace\nlog_p__,x\n1,2\n# method = sample\nlog_p__,x\n3,4\n",
                        "5: a second header: a Stan sample CSV after a Stan Laplace CSV",
                        "STAN_LAPLACE"),
                arguments(
                        "warmup not known",
                        cmdstan(0, 1, 1, 1, "") + "1,1\n# Adaptation terminated\n1,2\n",
                        "9: adaptation ends after 1 row, the comments announce 0 warmup draws: which draws are warmup is not known",
                        "STAN_SAMPLE"),
                arguments(
                        "prose",
                        "Some words\nand more, of them\n",
                        "2: not a table of numbers: the row below the header is text",
                        "-"),
                arguments("CR only", "x,y\r1,2\r", "1: column 2 of the header holds a control character", "-"),
                arguments("UTF-16", "\u00ff\u00fex", " the text is UTF-16; only UTF-8 is read", "-"),
                arguments("Latin-1", "\u00e9,x\n1,2\n", "1: not a text file in UTF-8", "-"),
                arguments("binary", "\u0001\u0002\u0003", " not a text file", "-"),
                arguments(
                        "HDF5",
                        "\u0089HDF\r\n\u001a\n",
                        " the HDF5 file is damaged or cut short: Couldn't read 0 bytes as int",
                        "-"),
                arguments("NumPy", "\u0093NUMPY", " the file is not an array of NumPy", "-"),
                arguments(
                        "Parquet",
                        "PAR1",
                        " the Parquet file is damaged or cut short: not a Parquet file (length is too low: 4)",
                        "-"),
                arguments(
                        "netCDF-3", "CDF\u0001", " a netCDF-3 file; write it as netCDF-4, as nccopy -k nc4 does", "-"),
                arguments(
                        "optimize",
                        "# method = optimize\nlp__,x\n1,2\n",
                        " Stan's optimize output: a point, not draws",
                        "-"),
                arguments(
                        "optimizing of rstan",
                        "# Point Estimate Generated by Stan\nlp__,x\n1,2\n",
                        " Stan's optimize output: a point, not draws",
                        "-"),
                arguments(
                        "diagnose",
                        "# method = diagnose\n# ...\n",
                        " Stan's diagnose output: a test of gradients, not draws",
                        "-"),
                arguments(
                        "log_prob",
                        "# method = log_prob\nlp__,g_x\n1,2\n",
                        " Stan's log_prob output: densities and gradients, not draws",
                        "-"),
                arguments(
                        "a method of the future",
                        "# method = flow\nx\n1\n",
                        " Stan's output of an unknown method: flow",
                        "-"),
                arguments("JSON object without arrays", "{\"x\": 1}", " no arrays of draws in the JSON object", "-"),
                arguments(
                        "JSON object, ragged",
                        "{\"x\": [[1, 2],\n[3]]}",
                        "2: x is ragged: 1 values where the arrays before have 2",
                        "JSON_ARRAYS"),
                arguments(
                        "JSON object, numbers beside arrays",
                        "{\"x\": [1, [2]]}",
                        "1: x is ragged: numbers beside arrays",
                        "JSON_ARRAYS"),
                arguments(
                        "JSON object, lengths",
                        "{\"x\": [1, 2], \"y\": [1]}",
                        " y has the shape (1,), x (2,); the first axis must agree",
                        "JSON_ARRAYS"),
                arguments(
                        "JSON array of numbers",
                        "[1, 2]",
                        "1: a chain must be a JSON object of arrays by parameter",
                        "-"),
                arguments("JSON, a scalar", "[{\"x\": 1}]", "1: x must be an array of numbers", "-"),
                arguments("JSON, nested", "[{\"x\": [[1]]}]", "1: x holds [, not a number", "-"),
                arguments("JSON, text", "[{\"x\": [\"a\"]}]", "1: x holds a, not a number", "POSTERIORDB"),
                arguments("JSON, no chain", "[]", " no chains in the JSON array", "-"),
                arguments("JSON, no draws", "[{\"x\": []}]", "1: chain 1 holds no draws", "-"),
                arguments("JSON, no parameters", "[{}]", "1: chain 1 holds no draws", "-"),
                arguments(
                        "JSON, ragged",
                        "[{\"x\": [1,2],\n\"y\": [1]}]",
                        "2: y has 1 draws in chain 1, x has 2",
                        "POSTERIORDB"),
                arguments("JSON, no name", "[{\"\": [1]}]", "1: a parameter without a name in chain 1", "POSTERIORDB"),
                arguments("JSON, line break in a name", "[{\"a\\nb\": 1}]", "1: a?b must be an array of numbers", "-"),
                arguments(
                        "long cell",
                        "x\n" + "1.2".repeat(30) + "\n",
                        "2: x is '" + "1.2".repeat(13) + "1...', not a number",
                        "-"),
                arguments("long name", "y".repeat(400) + "\nNaN\n", "2: " + "y".repeat(300) + "...", "CSV"),
                arguments(
                        "JSON, twice",
                        "[{\"x.1\": [1],\n\"x[1]\": [1]}]",
                        "2: x[1] occurs twice in chain 1",
                        "POSTERIORDB"),
                arguments(
                        "JSON, missing",
                        "[{\"x\": [1], \"y\": [1]},\n{\"x\": [1]}]",
                        "2: chain 2 lacks parameter y",
                        "POSTERIORDB"),
                arguments(
                        "JSON, too many",
                        "[{\"x\": [1]},\n{\"y\": [1], \"x\": [1]}]",
                        "2: chain 1 lacks parameter y of chain 2",
                        "POSTERIORDB"),
                arguments(
                        "JSON, NaN", "[{\"x\": [1,\nNaN]}]", "2: x is NaN in chain 1, draw 2; " + DROP, "POSTERIORDB"),
                arguments("JSON, null", "[{\"x\": [null]}]", "1: x is null in chain 1, draw 1; " + DROP, "POSTERIORDB"),
                arguments(
                        "JSON, text after the end",
                        "[{\"x\": [1]}] 2",
                        "1: text after the end of the JSON array",
                        "POSTERIORDB"),
                arguments(
                        "JSON, cut",
                        "[{\"x\": [1,",
                        "1: not valid JSON: Unexpected end-of-input within/between Array entries",
                        "POSTERIORDB"));
    }

    private static final String DROP = "use --drop-nonfinite to drop such draws and count them";

    private static String cut(int values, int columns) {
        return "the last row is cut short (" + values + " of " + columns
                + " values, no line end): the file may still be being written";
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void read_refusesWithOneLine(String what, String text, String message, String sniffed) throws IOException {
        Path path = directory.resolve("f.csv");
        boolean bytes = text.chars().anyMatch(c -> c > 127);
        Files.write(path, text.getBytes(bytes ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8));
        var e = assertThrows(
                DrawsFormatException.class, () -> DrawsReader.withDefaults().read(path));
        assertEquals(path + ":" + message, e.getMessage());
        assertEquals(
                e.getMessage(),
                e.file() + ":" + (e.line().isPresent() ? e.line().getAsLong() + ": " : " ") + e.reason());
        assertEquals(
                sniffed,
                DrawsReader.withDefaults()
                        .sniff(path)
                        .map(found -> TestFiles.constant(found.format()))
                        .orElse("-"));
    }

    @Test
    void read_refusesWhatIsNoFile() throws IOException {
        DrawsReader reader = DrawsReader.withDefaults();
        Path missing = directory.resolve("missing.csv");
        assertEquals(
                missing + ": no such file",
                assertThrows(DrawsFormatException.class, () -> reader.read(missing))
                        .getMessage());
        assertEquals(
                directory + ": is a directory",
                assertThrows(DrawsFormatException.class, () -> reader.read(directory))
                        .getMessage());
        assertTrue(reader.sniff(directory).isEmpty());
    }

    @Test
    void read_refusesDamagedArchives() throws IOException {
        String text = "x\n" + "1.23456\n".repeat(5000);
        Path whole = TestFiles.gzip(directory, "whole", text);
        byte[] bytes = Files.readAllBytes(whole);
        assertRefused(
                Arrays.copyOf(bytes, bytes.length / 2),
                ": the compressed data ends early: the file may still be being written");
        assertRefused(Arrays.copyOf(bytes, 5), ": the compressed data ends early: the file may still be being written");
        bytes[bytes.length - 6] ^= 1;
        assertRefused(bytes, ": the compressed data is damaged: Corrupt GZIP trailer");
        assertRefused(
                Files.readAllBytes(TestFiles.zip(directory, "two", "a", text, "b", text)),
                ": the zip archive holds more than one file; select one as " + directory.resolve("damaged") + "::NAME");
        assertRefused(
                Files.readAllBytes(TestFiles.zip(directory, "none", "a/", "")), ": the zip archive holds no file");
        assertRefused(Files.readAllBytes(TestFiles.zip(directory, "nothing")), ": the zip archive holds no file");
    }

    private void assertRefused(byte[] bytes, String message) throws IOException {
        Path path = Files.write(directory.resolve("damaged"), bytes);
        var e = assertThrows(
                DrawsFormatException.class, () -> DrawsReader.withDefaults().read(path));
        assertEquals(path + message, e.getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "x,y;1,2;NaN,3;4,Inf;5,6~CSV x y (): 1 2, 5 6; 2 draws with a non-finite parameter dropped",
                "x,lp__;1,NaN;NA,3~CSV x (lp__): 1 NaN; 1 draw with a non-finite parameter dropped",
                "chain,x;1,NaN;2,3;3,4~CSV x (): 3 | 4; 1 draw with a non-finite parameter dropped",
                "[{\"x\":[1,null],\"y\":[3,4]},{\"x\":[5,\"-Inf\"],\"y\":[NaN,8]},{\"x\":[9],\"y\":[10]}]"
                        + "~POSTERIORDB x y (): 1 3 | 9 10; 3 draws with a non-finite parameter dropped",
            })
    void read_dropsNonfiniteDraws(String lines, String expected) throws IOException {
        Path path = TestFiles.write(directory, "f", lines.replace(';', '\n') + "\n");
        assertEquals(
                expected,
                words(DrawsReader.withDefaults().withDropNonfinite(true).read(path)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x,y;1,NaN;2,NaN|all 2 draws have a non-finite parameter, the last one y",
                "x,y;1,NaN|the only draw has a non-finite parameter, y",
                "[{\"x\":[null,null]}]|all 2 draws have a non-finite parameter",
            })
    void read_refusesToDropAll(String lines, String reason) throws IOException {
        Path path = TestFiles.write(directory, "f", lines.replace(';', '\n') + "\n");
        var e = assertThrows(
                DrawsFormatException.class,
                () -> DrawsReader.withDefaults().withDropNonfinite(true).read(path));
        assertEquals(path + ": " + reason, e.getMessage());
    }

    @Test
    void read_hashesTheBytesOnDisk() throws Exception {
        String text = "x\n" + "1.25\n".repeat(100_000);
        for (Path path : List.of(
                TestFiles.write(directory, "a", text),
                TestFiles.gzip(directory, "b", text),
                TestFiles.zip(directory, "c", "x.csv", text),
                TestFiles.zip(directory, "d", "x.json", "[{\"x\":[1]}]\n"))) {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(path));
            assertEquals(
                    HexFormat.of().formatHex(hash),
                    DrawsReader.withDefaults().read(path).sha256());
        }
    }

    @Test
    void read_gzipOfSeveralMembers() throws IOException {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.writeBytes(Files.readAllBytes(TestFiles.gzip(directory, "a", "x\n1\n")));
        both.writeBytes(Files.readAllBytes(TestFiles.gzip(directory, "b", "2\n3\n")));
        Path path = Files.write(directory.resolve("ab"), both.toByteArray());
        assertEquals("CSV x (): 1, 2, 3", words(DrawsReader.withDefaults().read(path)));
    }

    @Test
    void read_hundredThousandColumns() throws IOException {
        int width = 100_000;
        StringBuilder text = new StringBuilder();
        for (int j = 1; j <= width; j++) {
            text.append(j > 1 ? "," : "").append("theta.").append(j);
        }
        for (int i = 0; i < 3; i++) {
            for (int j = 1; j <= width; j++) {
                text.append(j > 1 ? ',' : '\n').append(i).append('.').append(j);
            }
        }
        DrawsFile file = DrawsReader.withDefaults().read(TestFiles.write(directory, "wide", text + "\n"));
        assertEquals(width, file.parameters().size());
        assertEquals("theta[100000]", file.parameters().get(width - 1));
        assertArrayEquals(
                new double[] {0.99999, 1.99999, 2.99999}, file.chains().get(0).column(99_998));
    }

    @Test
    void read_longChainAcrossBlocks() throws IOException {
        int size = 300_000;
        StringBuilder text = new StringBuilder("x,lp__\n");
        for (int i = 0; i < size; i++) {
            text.append(i).append(",-").append(i).append(".5\n");
        }
        DrawsFile file = DrawsReader.withDefaults().read(TestFiles.write(directory, "long", text.toString()));
        double[] expected = IntStream.range(0, size).asDoubleStream().toArray();
        assertArrayEquals(expected, file.chains().get(0).column(0));
        double[] statistic = file.chains().get(0).statistic("lp__").orElseThrow();
        for (int i = 0; i < size; i++) {
            assertEquals(-i - 0.5, statistic[i]);
        }
    }

    @Test
    void scan_deliversWhatReadKeeps() throws IOException {
        StringBuilder text = new StringBuilder("chain,x,lp__\n");
        for (int i = 0; i < 20_000; i++) {
            text.append(i / 7000)
                    .append(',')
                    .append(i % 5000 == 0 ? "NaN" : Integer.toString(i))
                    .append(",1\n");
        }
        Path path = TestFiles.write(directory, "f", text.toString());
        List<Double> values = new ArrayList<>();
        List<Integer> chains = new ArrayList<>();
        List<Layout> layouts = new ArrayList<>();
        Scanned scanned = DrawsReader.withDefaults().withDropNonfinite(true).scan(path, new BlockSink() {
            @Override
            public void begin(Layout layout) {
                layouts.add(layout);
            }

            @Override
            public void accept(int chain, double[][] columns, int rows) {
                assertEquals(2, columns.length);
                for (int i = 0; i < rows; i++) {
                    values.add(columns[0][i]);
                    assertEquals(1, columns[1][i]);
                }
                if (!chains.contains(chain)) {
                    chains.add(chain);
                }
                Arrays.fill(columns[0], -1); // the reader must not count on its contents
            }
        });
        assertEquals(List.of(Layout.of(Format.CSV, List.of("x"), List.of("lp__"))), layouts);
        assertEquals(List.of(0, 1, 2), chains);
        assertEquals(19_996, scanned.draws());
        assertEquals(3, scanned.chains());
        assertEquals(List.of("4 draws with a non-finite parameter dropped"), scanned.notes());
        DrawsFile file = DrawsReader.withDefaults().withDropNonfinite(true).read(path);
        assertArrayEquals(
                file.draws().column(0), values.stream().mapToDouble(x -> x).toArray());
        assertEquals(file.sha256(), scanned.sha256());
    }

    // several files

    @Test
    void readList_joinsInTheFirstFilesOrder() throws IOException {
        Path a = TestFiles.write(directory, "a", "accept_stat__,x,y.1\n1,2,3\n");
        Path b = TestFiles.write(directory, "b", "y[1],accept_stat__,x\n4,1,5\n6,1,7\n");
        DrawsSet set = DrawsReader.withDefaults().read(List.of(a, b));
        assertEquals(List.of("x", "y[1]"), set.draws().names());
        assertArrayEquals(new double[] {2, 5, 7}, set.draws().column(0));
        assertArrayEquals(new double[] {3, 4, 6}, set.draws().column(1));
        assertEquals(Sampling.MARKOV_CHAIN, set.draws().sampling());
        assertEquals(Role.REFERENCE, set.role());
        assertEquals(2, set.draws().chains().size());
        assertEquals(2, set.files().size());
    }

    @ParameterizedTest(name = "{0} and {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "x,y,z;1,2,3|x,z;1,2|B: parameter y is missing, which A has",
                "x,z;1,2|z,y,x;1,2,3|A: parameter y is missing, which B has",
                "x;1|x;1|B: the same bytes as A; give each file once",
                "accept_stat__,x;1,2|log_p__,log_q__,x;1,1,2|"
                        + "B: a Stan Laplace CSV, but A is a Stan sample CSV; they are not draws of one measure",
            })
    void readList_refusesWhatDoesNotJoin(String first, String second, String message) throws IOException {
        Path a = TestFiles.write(directory, "a", first.replace(';', '\n') + "\n");
        Path b = TestFiles.write(directory, "b", second.replace(';', '\n') + "\n");
        var e = assertThrows(
                DrawsFormatException.class, () -> DrawsReader.withDefaults().read(List.of(a, b)));
        assertEquals(message.replace("A", a.toString()).replace("B", b.toString()), e.getMessage());
    }

    @ParameterizedTest(name = "{0} and {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "x;1|x;2|UNKNOWN UNKNOWN",
                "x;1|accept_stat__,x;1,2|REFERENCE UNKNOWN",
                "lp_approx__,x;1,2|log_p__,log_q__,x;1,1,2|APPROXIMATION INDEPENDENT",
            })
    void readList_roleAndSampling(String first, String second, String expected) throws IOException {
        Path a = TestFiles.write(directory, "a", first.replace(';', '\n') + "\n");
        Path b = TestFiles.write(directory, "b", second.replace(';', '\n') + "\n");
        DrawsSet set = DrawsReader.withDefaults().read(List.of(a, b));
        assertEquals(expected, set.role() + " " + set.draws().sampling());
    }

    @Test
    void readList_rejectsNone() {
        var e = assertThrows(
                IllegalArgumentException.class, () -> DrawsReader.withDefaults().read(List.of()));
        assertEquals("files must number at least 1, was 0", e.getMessage());
    }

    @Test
    void read_keepsTheGivenName() throws IOException {
        Path path = TestFiles.write(directory, "f.csv", "x\n1\n");
        Path odd = directory.resolve("./f.csv");
        assertEquals(odd.toString(), DrawsReader.withDefaults().read(odd).name());
        assertFalse(DrawsReader.withDefaults().read(path).name().contains("./"));
    }

    /** Format, names, statistics, draws and notes of a file in one line. */
    private static String words(DrawsFile file) {
        List<String> statistics = new ArrayList<>();
        file.chains().get(0).statisticNames().forEach(statistics::add);
        StringJoiner chains = new StringJoiner(" | ");
        file.chains().forEach(chain -> {
            StringJoiner draws = new StringJoiner(", ");
            for (int i = 0; i < chain.size(); i++) {
                StringJoiner values = new StringJoiner(" ");
                for (int j = 0; j < chain.dimension(); j++) {
                    values.add(word(chain.value(i, j)));
                }
                for (String name : statistics) {
                    values.add(word(chain.statistic(name).orElseThrow()[i]));
                }
                draws.add(values.toString());
            }
            chains.add(draws.toString());
        });
        String text = TestFiles.constant(file.format()) + " " + String.join(" ", file.parameters()) + " ("
                + String.join(" ", statistics) + "): " + chains;
        return file.notes().isEmpty() ? text : text + "; " + String.join("; ", file.notes());
    }

    private static String word(double value) {
        return value == Math.rint(value) && !Double.isInfinite(value)
                ? String.format(Locale.ROOT, "%.0f", value)
                : Double.toString(value);
    }
}
