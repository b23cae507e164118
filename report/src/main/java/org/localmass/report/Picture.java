package org.localmass.report;

import de.rototor.pdfbox.graphics2d.PdfBoxGraphics2D;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;

/**
 * Something that can be painted, written as SVG, PNG or PDF; the same bytes each time.
 *
 * @param width   in points
 * @param height  in points
 * @param density pixels a point in PNG
 * @param painter paints it from (0, 0) to (width, height)
 */
record Picture(int width, int height, double density, Painter painter) {
    /** Paints. */
    interface Painter {
        void paint(Graphics2D graphics);
    }

    /** Writes the picture in a format. The stream stays open. */
    void write(FigureFormat format, OutputStream out) throws IOException {
        switch (format) {
            case SVG -> out.write(svg().getBytes(StandardCharsets.UTF_8));
            case PNG -> png(out);
            case PDF -> pdf(out);
        }
    }

    /** The picture as an SVG document. */
    String svg() throws IOException {
        try {
            var document = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .getDOMImplementation()
                    .createDocument("http://www.w3.org/2000/svg", "svg", null);
            SVGGeneratorContext context = SVGGeneratorContext.createDefault(document);
            context.setPrecision(2);
            SVGGraphics2D graphics = new SVGGraphics2D(context, false);
            graphics.setSVGCanvasSize(new java.awt.Dimension(width, height));
            painter.paint(graphics);
            Writer text = new StringWriter();
            var root = graphics.getRoot();
            root.setAttributeNS(null, "viewBox", "0 0 " + width + " " + height);
            graphics.stream(root, text, true, false);
            graphics.dispose();
            return text.toString();
        } catch (ParserConfigurationException e) {
            throw new IOException("no XML parser: " + e.getMessage(), e);
        }
    }

    private void png(OutputStream out) throws IOException {
        BufferedImage image = new BufferedImage(
                (int) Math.ceil(density * width), (int) Math.ceil(density * height), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.scale(density, density);
        painter.paint(graphics);
        graphics.dispose();
        ImageIO.setUseCache(false);
        if (!ImageIO.write(image, "png", out)) {
            throw new IOException("this Java cannot write PNG");
        }
    }

    private void pdf(OutputStream out) throws IOException {
        try (PDDocument document = new PDDocument()) {
            // fixed, so that the same picture gives the same bytes
            document.setDocumentId(1L);
            PDPage page = new PDPage(new PDRectangle(width, height));
            document.addPage(page);
            PdfBoxGraphics2D graphics = new PdfBoxGraphics2D(document, width, height);
            painter.paint(graphics);
            graphics.dispose();
            try (PDPageContentStream content = new PDPageContentStream(document, page)) {
                content.drawForm(graphics.getXFormObject());
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            document.save(bytes);
            bytes.writeTo(out);
        }
    }
}
