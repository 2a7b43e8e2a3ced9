package dev.skein.protocol.log;

/** Where a record is: its slice and its offset there. */
public record Position(Slice slice, long offset) {
    @Override
    public String toString() {
        return slice + "@" + offset;
    }
}
