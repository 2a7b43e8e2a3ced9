package dev.skein.ops.source.prisma;

import dev.skein.ops.source.SourceScript;
import dev.skein.protocol.Sha256;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The checksums under which Prisma calls a script unchanged: the SHA-256 of its text, of the text
 * with the other line ends, and what its first versions wrote for each of these, which left out the
 * zero before a single digit.
 */
final class PrismaChecksums {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private PrismaChecksums() {}

    /** All but the script's own checksum. */
    static List<String> equivalents(SourceScript script) {
        String own = script.sha256();
        // Prisma sums the mark up too, which is not part of what is run.
        String mark = isMarked(script) ? BYTE_ORDER_MARK : "";
        String lines = script.text().replace("\r\n", "\n");
        Set<String> all = new LinkedHashSet<>();
        for (String text : List.of(lines, lines.replace("\n", "\r\n"))) {
            String checksum = Sha256.hex(mark + text);
            all.add(checksum);
            all.add(withoutZeros(checksum));
        }
        all.add(withoutZeros(own));
        all.remove(own);
        return List.copyOf(all);
    }

    private static boolean isMarked(SourceScript script) {
        return script.sha256().equals(Sha256.hex(BYTE_ORDER_MARK + script.text()));
    }

    private static String withoutZeros(String checksum) {
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < checksum.length(); i += 2) {
            digits.append(checksum, checksum.charAt(i) == '0' ? i + 1 : i, i + 2);
        }
        return digits.toString();
    }
}
