package org.localmass.core.draws;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParameterNameTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "theta.1.2|theta[1,2]",
                "theta[1, 2]|theta[1,2]",
                "theta[ 1 ,2 ]|theta[1,2]",
                "theta[1,2]|theta[1,2]",
                "x.1|x[1]",
                "x.0|x[0]",
                "x.10.200.3|x[10,200,3]",
                "x_1.2|x_1[2]",
                "' x.1 '|x[1]",
                "_x.1|_x[1]",
                "β.1|β[1]",
                "lp__|lp__",
                "theta|theta",
                "a.b|a.b",
                "a.b.1|a.b[1]",
                "a.1.b|a.1.b",
                "theta.01|theta.01",
                "theta.1.02|theta.1.02",
                "theta.|theta.",
                "theta..1|theta..1",
                ".chain|.chain",
                ".1|.1",
                "1.2|1.2",
                "-1.5|-1.5",
                "a:1|a:1",
                "a:1.2|a:1[2]",
                "a.2:1.3|a[2]:1[3]",
                "Intercept|Intercept",
                "x[1].2|x[1].2",
                "''|''",
            })
    void normalise_spellsAsInModels(String name, String expected) {
        assertEquals(expected, ParameterName.normalise(name));
        assertEquals(expected, ParameterName.normalise(expected), "twice is once");
    }
}
