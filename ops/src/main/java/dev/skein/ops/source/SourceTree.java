package dev.skein.ops.source;

import java.io.IOException;
import java.util.List;

/** The files of a source. Paths are relative to it, with {@code /} between their parts, sorted. */
public interface SourceTree {
    /** The files that lie in the directory itself. */
    List<String> files() throws IOException;

    /** The files of the directory and of all below it that are not hidden. */
    List<String> filesBelow() throws IOException;

    /** The directories that lie in the directory itself, hidden ones too, but no links. */
    List<String> directories() throws IOException;

    byte[] bytes(String file) throws IOException;
}
