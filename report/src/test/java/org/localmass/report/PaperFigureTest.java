package org.localmass.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PaperFigureTest {
    private static PaperFigure figure(boolean dashed) {
        double[] x = {0.001, 0.01, 0.1, 1};
        PaperFigure.Panel left = new PaperFigure.Panel(
                "Mass",
                "radius",
                "mass",
                true,
                true,
                List.of(
                        new PaperFigure.Curve("one", x, new double[] {1e-9, 1e-6, 1e-3, 1}, false),
                        new PaperFigure.Curve("two & <more>", x, new double[] {0.1, 0.2, Double.NaN, 0}, dashed)));
        PaperFigure.Panel right = new PaperFigure.Panel(
                "Slope",
                "radius",
                "slope",
                true,
                false,
                List.of(new PaperFigure.Curve("one", x, new double[] {3, 3, 3, 2}, false)));
        return new PaperFigure(List.of(left, right));
    }

    private static byte[] bytes(PaperFigure figure, FigureFormat format) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        figure.write(format, out);
        return out.toByteArray();
    }

    @ParameterizedTest
    @EnumSource(FigureFormat.class)
    void write_givesTheSameBytes(FigureFormat format) throws IOException {
        assertArrayEquals(bytes(figure(false), format), bytes(figure(false), format));
    }

    @Test
    void png_hasSixHundredDotsAnInch() throws IOException {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(bytes(figure(false), FigureFormat.PNG)));
        assertEquals(Math.ceil(241 * 600 / 72.0), image.getWidth());
        // something is drawn in colour
        int coloured = 0;
        for (int i = 0; i < image.getWidth(); i += 3) {
            for (int j = 0; j < image.getHeight(); j += 3) {
                int rgb = image.getRGB(i, j);
                coloured += (rgb >> 16 & 255) > (rgb & 255) + 100 ? 1 : 0;
            }
        }
        assertTrue(coloured > 50, coloured + " pixels");
    }

    @Test
    void pdf_hasOneColumnsWidth() throws IOException {
        try (PDDocument document = Loader.loadPDF(bytes(figure(false), FigureFormat.PDF))) {
            assertEquals(1, document.getNumberOfPages());
            assertEquals(241, document.getPage(0).getMediaBox().getWidth());
        }
    }

    @Test
    void svg_isXml_withEscapedNames() throws Exception {
        String svg = figure(true).svg();
        var factory = javax.xml.parsers.DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        factory.newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        assertTrue(svg.contains("&lt;more&gt;"), svg);
    }

    @Test
    void dashedCurves_haveGaps() throws IOException {
        assertTrue(figure(true).svg().length() != figure(false).svg().length());
    }

    @Test
    void panels_areOneOrTwo() {
        assertEquals(
                "panels must number 1 or 2, was 0",
                assertThrows(IllegalArgumentException.class, () -> new PaperFigure(List.of()))
                        .getMessage());
    }
}
