package org.localmass.io;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;
import org.localmass.core.draws.Chain;

/** Writes a Parquet file: the chain as an integer, everything else as doubles, compressed by Snappy. */
final class ParquetTable {
    private ParquetTable() {}

    static void write(DrawsWriter.Table table, Path path) throws IOException {
        Rows rows = new Rows(table);
        try (ParquetWriter<Integer> out = new Builder(path, rows)
                .withConf(new PlainParquetConfiguration())
                .withCodecFactory(new ParquetCodecs())
                .withWriteMode(ParquetFileWriter.Mode.OVERWRITE)
                .withCompressionCodec(CompressionCodecName.SNAPPY)
                .build()) {
            int number = 0;
            for (Chain chain : table.draws().chains()) {
                number++;
                rows.chain(number, table.values(chain));
                for (int i = 0; i < chain.size(); i++) {
                    out.write(i);
                }
            }
        }
    }

    private static final class Builder extends ParquetWriter.Builder<Integer, Builder> {
        private final Rows rows;

        Builder(Path path, Rows rows) {
            super(new LocalOutputFile(path));
            this.rows = rows;
        }

        @Override
        protected Builder self() {
            return this;
        }

        @Override
        @SuppressWarnings("deprecation") // abstract there
        protected WriteSupport<Integer> getWriteSupport(Configuration unused) {
            return rows;
        }

        @Override
        protected WriteSupport<Integer> getWriteSupport(ParquetConfiguration unused) {
            return rows;
        }
    }

    /** Writes the row of a number of the present chain. */
    private static final class Rows extends WriteSupport<Integer> {
        private final MessageType schema;
        private final List<String> columns;
        private final boolean numbered;
        private @org.jspecify.annotations.Nullable RecordConsumer out;
        private double[][] values = {};
        private int number;

        Rows(DrawsWriter.Table table) {
            columns = table.columns();
            numbered = table.numbered();
            Types.MessageTypeBuilder message = Types.buildMessage();
            if (numbered) {
                message.required(PrimitiveTypeName.INT32).named(DrawsWriter.Table.CHAIN);
            }
            for (String column : columns) {
                message.required(PrimitiveTypeName.DOUBLE).named(column);
            }
            schema = message.named("draws");
        }

        void chain(int which, double[][] content) {
            number = which;
            values = content;
        }

        @Override
        @SuppressWarnings("deprecation") // abstract there
        public WriteContext init(Configuration unused) {
            return new WriteContext(schema, Map.of());
        }

        @Override
        public WriteContext init(ParquetConfiguration unused) {
            return new WriteContext(schema, Map.of());
        }

        @Override
        public void prepareForWrite(RecordConsumer consumer) {
            out = consumer;
        }

        @Override
        public void write(Integer row) {
            RecordConsumer target = java.util.Objects.requireNonNull(out, "prepareForWrite comes first");
            target.startMessage();
            int field = 0;
            if (numbered) {
                target.startField(DrawsWriter.Table.CHAIN, field);
                target.addInteger(number);
                target.endField(DrawsWriter.Table.CHAIN, field++);
            }
            for (int j = 0; j < values.length; j++) {
                target.startField(columns.get(j), field);
                target.addDouble(values[j][row]);
                target.endField(columns.get(j), field++);
            }
            target.endMessage();
        }
    }
}
