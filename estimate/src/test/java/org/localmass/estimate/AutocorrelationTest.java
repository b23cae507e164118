package org.localmass.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.localmass.core.draws.Chain;
import org.localmass.core.draws.Draws;
import org.localmass.core.draws.Sampling;

class AutocorrelationTest {
    private static boolean[][] parse(String text) {
        String[] chains = text.split("\\|", -1);
        boolean[][] inside = new boolean[chains.length][];
        for (int c = 0; c < chains.length; c++) {
            inside[c] = new boolean[chains[c].length()];
            for (int t = 0; t < inside[c].length; t++) {
                inside[c][t] = chains[c].charAt(t) == '1';
            }
        }
        return inside;
    }

    @ParameterizedTest
    @CsvFileSource(resources = "indicators.csv", numLinesToSkip = 2, maxCharsPerColumn = 10_000)
    void timeDispersionVisits_matchReference(String text, double time, double dispersion, int visits) {
        boolean[][] inside = parse(text);
        double[][] series = new double[inside.length][];
        for (int c = 0; c < series.length; c++) {
            series[c] = new double[inside[c].length];
            for (int t = 0; t < series[c].length; t++) {
                series[c][t] = inside[c][t] ? 1 : 0;
            }
        }
        assertEquals(time, Autocorrelation.time(series), 1e-12 * time);
        assertEquals(dispersion, Autocorrelation.dispersion(inside, 10), 1e-12 * dispersion);
        assertEquals(visits, Autocorrelation.visits(inside));
    }

    @Test
    void time_ofConstant_isOne() {
        assertEquals(1, Autocorrelation.time(new double[][] {{2, 2, 2, 2}, {2, 2, 2, 2}}));
    }

    @Test
    void time_ofLongMemory_agreesBetweenDirectAndFast() {
        // a slow triangle wave: positive autocorrelation far beyond the lags that are summed one by one
        double[] wave = new double[6000];
        for (int t = 0; t < wave.length; t++) {
            wave[t] = Math.abs(t % 3000 - 1500.0);
        }
        assertEquals(direct(wave), Autocorrelation.time(new double[][] {wave}), 1e-9 * direct(wave));
    }

    private static double direct(double[] x) {
        double mean = java.util.Arrays.stream(x).average().orElseThrow();
        double variance = 0;
        for (double v : x) {
            variance += (v - mean) * (v - mean) / x.length;
        }
        double total = 0;
        double before = Double.POSITIVE_INFINITY;
        for (int i = 0; i < x.length / 6; i++) {
            double gamma = 0;
            for (int lag = 2 * i; lag <= 2 * i + 1; lag++) {
                double sum = 0;
                for (int t = 0; t + lag < x.length; t++) {
                    sum += (x[t] - mean) * (x[t + lag] - mean);
                }
                gamma += sum / (x.length - lag) / variance;
            }
            gamma = Math.min(gamma, before);
            if (gamma <= 0) {
                break;
            }
            total += gamma;
            before = gamma;
        }
        return Math.max(1, 2 * total - 1);
    }

    @Test
    void dispersion_ofOneClump_isItsSize() {
        boolean[] chain = new boolean[1000];
        for (int t = 500; t < 510; t++) {
            chain[t] = true;
        }
        // all ten hits fall into one batch of ten: one effective visit
        assertEquals(10, Autocorrelation.dispersion(new boolean[][] {chain}, 10) * (1 - 0.01), 1e-12);
        assertEquals(1, Autocorrelation.visits(new boolean[][] {chain}));
    }

    @Test
    void ranks_ofTies_areAverages() {
        Draws draws = Draws.of(
                List.of("x"),
                List.of(Chain.adopt(new double[] {3, 1}), Chain.adopt(new double[] {3, 7, 3})),
                Sampling.UNKNOWN);
        double[][] ranks = Autocorrelation.ranks(draws, 0);
        assertEquals(2.5, ranks[0][0]);
        assertEquals(0.5, ranks[0][1]);
        assertEquals(4.5, ranks[1][1]);
        assertEquals(2.5, ranks[1][2]);
    }
}
