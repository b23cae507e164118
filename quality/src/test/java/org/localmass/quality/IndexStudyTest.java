package org.localmass.quality;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The fast part of the study of the Mass Index; the full table is docs/quality/mass-index.md. */
class IndexStudyTest {
    private static final int SEEDS = 300;

    /** Laws whose interval of kappa must hold it at any number of draws. */
    static List<IndexLaws.Law> laws() {
        return IndexLaws.all().stream()
                .filter(law -> law.beta() == 0)
                .filter(law -> List.of(
                                "pure power 0.5",
                                "pure power 1.0",
                                "normal, d = 2",
                                "symmetric power 0.25",
                                "symmetric power 4.0",
                                "Student-t tail, nu = 3",
                                "spike and slab, spike 0.3")
                        .contains(law.name()))
                .toList();
    }

    /** 0.92 of 300 seeds: a true coverage of 0.95 falls below with probability 1 %. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("laws")
    void intervals_coverKappaAndMasses(IndexLaws.Law law) {
        for (double rho : new double[] {0, 0.5}) {
            IndexStudy.Cell cell = IndexStudy.run(law, 1000, rho, SEEDS, 3);
            assertTrue(cell.kappa() >= 0.92, law.name() + " " + rho + " " + cell);
            if (law.atom() == 0) {
                assertTrue(cell.small() >= 0.92, law.name() + " " + rho + " " + cell);
                assertTrue(cell.large() >= 0.92, law.name() + " " + rho + " " + cell);
            }
        }
    }

    @Test
    void atoms_areFoundAndNotInvented() {
        assertTrue(
                IndexStudy.run(IndexLaws.symmetricPower(0.1), 1000, 0, SEEDS, 3).atoms() <= 0.01);
        assertTrue(IndexStudy.run(IndexLaws.atom(0.02), 1000, 0, SEEDS, 3).atoms() >= 0.98);
        assertEquals(0, IndexStudy.run(IndexLaws.logCauchy(), 1000, 0, SEEDS, 3).atoms());
    }

    /** The limits at 10,000 draws, with a tenth for 100 seeds. */
    @Test
    void error_isSmall() {
        assertTrue(
                IndexStudy.run(IndexLaws.symmetricPower(0.5), 10_000, 0, 100, 3).error() <= 0.022);
        assertTrue(
                IndexStudy.run(IndexLaws.symmetricPower(1), 10_000, 0, 100, 3).error() <= 0.033);
        assertTrue(
                IndexStudy.run(IndexLaws.symmetricPower(2), 10_000, 0, 100, 3).error() <= 0.044);
        assertTrue(
                IndexStudy.run(IndexLaws.symmetricPower(4), 10_000, 0, 100, 3).error() <= 0.099);
    }

    @Test
    void horseshoe_isHeldByTheWidenedInterval() {
        IndexStudy.Cell cell = IndexStudy.run(IndexLaws.horseshoe(), 100_000, 0, 20, 3);
        assertTrue(cell.logJoint() >= 0.8, cell.toString());
        assertTrue(cell.positive() >= 0.7, cell.toString());
    }

    /** A run that finds its cells in the work file does not compute them again. */
    @Test
    void study_continuesFromItsWorkFile(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("cells");
        IndexLaws.Law law = IndexLaws.symmetricPower(0.1);
        IndexStudy.Work first = new IndexStudy.Work(file);
        IndexStudy.Cell cell = first.cell(law, 500, 0, 5, 1);
        assertEquals(1, Files.readAllLines(file).size());
        String known = Files.readString(file).replaceFirst("=[^,]*,", "=0.125,");
        Files.writeString(file, known);
        IndexStudy.Work second = new IndexStudy.Work(file);
        assertEquals(0.125, second.cell(law, 500, 0, 5, 1).kappa());
        assertEquals(cell.error(), second.cell(law, 500, 0, 5, 1).error());
        assertEquals(known, Files.readString(file));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        IndexStudy.row(new PrintStream(bytes, true, StandardCharsets.UTF_8), law, 500, 5, cell, "at most 0.01");
        assertTrue(bytes.toString(StandardCharsets.UTF_8).startsWith("| symmetric power 0.1 | 500 | 5 | "));
    }
}
