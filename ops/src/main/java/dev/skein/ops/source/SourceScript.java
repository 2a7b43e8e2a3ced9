package dev.skein.ops.source;

/**
 * The text of one file.
 *
 * @param file relative to the source
 * @param text without a byte order mark, which PostgreSQL does not accept; line ends as they are
 * @param sha256 of the file's bytes, 64 lowercase hexadecimal digits
 */
public record SourceScript(String file, String text, String sha256) {
    /** The line of an offset, from 1. */
    public int line(int offset) {
        return 1 + (int) text.chars().limit(offset).filter(each -> each == '\n').count();
    }
}
