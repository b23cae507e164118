package org.localmass.io;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import net.jpountz.lz4.LZ4Factory;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.xerial.snappy.Snappy;

/** Compression of the pages of Parquet files, without the classes of Hadoop that would load its configuration. */
final class ParquetCodecs implements CompressionCodecFactory {
    /** Pages hold about 1 MB; a page that claims more than this is not believed. */
    private static final int LARGEST_PAGE = 1 << 30;

    @Override
    public BytesInputCompressor getCompressor(CompressionCodecName codec) {
        return new Compressor(codec);
    }

    @Override
    public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
        return new Decompressor(codec);
    }

    @Override
    public void release() {}

    private static IllegalStateException unknown(CompressionCodecName codec) {
        return new IllegalStateException("compressed by " + codec
                + ", which is not read; write it with snappy, zstd, gzip, lz4 or no compression");
    }

    private record Compressor(CompressionCodecName codec) implements BytesInputCompressor {
        @Override
        public BytesInput compress(BytesInput bytes) throws IOException {
            byte[] plain = bytes.toInputStream().readAllBytes();
            return switch (codec) {
                case UNCOMPRESSED -> BytesInput.from(plain);
                case SNAPPY -> BytesInput.from(Snappy.compress(plain));
                case ZSTD -> BytesInput.from(Zstd.compress(plain));
                case GZIP -> BytesInput.from(gzip(plain));
                default -> throw unknown(codec);
            };
        }

        private static byte[] gzip(byte[] plain) throws IOException {
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
                out.write(plain);
            }
            return packed.toByteArray();
        }

        @Override
        public CompressionCodecName getCodecName() {
            return codec;
        }

        @Override
        public void release() {}
    }

    private record Decompressor(CompressionCodecName codec) implements BytesInputDecompressor {
        @Override
        public BytesInput decompress(BytesInput bytes, int size) throws IOException {
            if (codec == CompressionCodecName.UNCOMPRESSED) {
                return bytes;
            }
            return BytesInput.from(decompress(bytes.toInputStream().readAllBytes(), size));
        }

        private byte[] decompress(byte[] packed, int size) throws IOException {
            if (size < 0 || size > LARGEST_PAGE) {
                throw new IOException("a page claims " + size + " bytes");
            }
            int count = 0;
            byte[] plain;
            switch (codec) {
                case SNAPPY -> {
                    if (Snappy.uncompressedLength(packed) != size) {
                        throw new IOException("a page has another size than it claims");
                    }
                    plain = new byte[size];
                    count = Snappy.uncompress(packed, 0, packed.length, plain, 0);
                }
                case ZSTD -> {
                    plain = new byte[size];
                    long done = Zstd.decompressByteArray(plain, 0, size, packed, 0, packed.length);
                    if (Zstd.isError(done)) {
                        throw new IOException("a page is damaged: " + Zstd.getErrorName(done));
                    }
                    count = (int) done;
                }
                case GZIP -> {
                    plain = new byte[size];
                    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
                        count = in.readNBytes(plain, 0, size);
                    }
                }
                case LZ4_RAW -> {
                    plain = new byte[size];
                    count = LZ4Factory.safeInstance().safeDecompressor().decompress(packed, 0, packed.length, plain, 0);
                }
                default -> throw unknown(codec);
            }
            if (count != size) {
                throw new IOException("a page has another size than it claims");
            }
            return plain;
        }

        @Override
        public void decompress(ByteBuffer packed, int packedSize, ByteBuffer plain, int size) throws IOException {
            byte[] bytes = new byte[packedSize];
            packed.get(bytes);
            plain.put(codec == CompressionCodecName.UNCOMPRESSED ? bytes : decompress(bytes, size));
        }

        @Override
        public void release() {}
    }
}
