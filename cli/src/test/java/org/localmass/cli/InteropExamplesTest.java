package org.localmass.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that NumPyro, Pyro, PyMC, BlackJAX and MrBayes wrote (examples/interop). */
class InteropExamplesTest {
    private static String file(String name) {
        return CommandRun.example("interop/" + name);
    }

    @ParameterizedTest
    @CsvSource({
        "numpyro_eight_schools_svi.npz,numpyro_eight_schools_nuts.npz,1",
        "numpyro_logistic_svi.npz,numpyro_logistic_nuts.npz,0",
        "pyro_eight_schools_svi.csv,pyro_eight_schools_nuts.csv,1",
        "pyro_logistic_svi.csv,pyro_logistic_nuts.csv,0",
        "pymc_eight_schools_advi.nc,pymc_eight_schools_nuts.nc,0"
    })
    void check_oneGuideFailsAndOneIsFine(String approximation, String reference, int code) {
        CommandRun run =
                CommandRun.of("check", "--approx", file(approximation), "--reference", file(reference), "--quiet");
        assertEquals(code, run.code(), run.err());
    }

    @ParameterizedTest
    @CsvSource({
        "blackjax_nuts.npz,'4 chains of 500 draws, 3 parameters'",
        "mrbayes.p,'1 chain of 300 draws, 6 parameters'",
        "pymc_eight_schools_nuts.nc,'4 chains of 250 draws, 10 parameters'"
    })
    void summary_chainsAndParameters(String name, String expected) {
        CommandRun run = name.endsWith(".p")
                ? CommandRun.of("summary", file(name), "--burn-in", "25%")
                : CommandRun.of("summary", file(name));
        assertEquals(0, run.code(), run.err());
        assertTrue(run.out().startsWith("1 file, " + expected), run.out());
    }
}
