package dev.skein.engine.sql;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code copy} from or to the client, which a plan can neither feed nor receive. */
final class ClientCopy {
    private static final Pattern END_OF_DATA = Pattern.compile("^\\\\\\.\\s*?$", Pattern.MULTILINE);

    private ClientCopy() {}

    static boolean isIn(TokenCursor words) {
        return words.is(0, "copy") && endpoint(words) >= 0;
    }

    static void refuse(TokenCursor words, Problems problems) {
        int endpoint = endpoint(words);
        boolean from = words.is(endpoint - 1, "from");
        problems.add(
                words.start(),
                RefusalCode.COPY_STDIN,
                "copy %s %s exchanges rows with the client, and a plan carries none"
                        .formatted(from ? "from" : "to", words.text(endpoint)),
                from
                        ? "Write the rows as insert statements"
                        : "Leave it out: nobody would read the rows");
    }

    /** Where SQL continues after the rows that psql would read from the script itself. */
    static int endOfData(SourceText source) {
        Matcher end = END_OF_DATA.matcher(source.text());
        return end.find(source.index()) ? end.end() : source.index();
    }

    static int endpoint(TokenCursor words) {
        int depth = 0;
        for (int index = 1; index < words.size(); index++) {
            depth += words.depthChange(index);
            if (depth == 0
                    && words.isAny(index, "stdin", "stdout")
                    && words.isAny(index - 1, "from", "to")) {
                return index;
            }
        }
        return -1;
    }
}
