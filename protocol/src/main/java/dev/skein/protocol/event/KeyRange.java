package dev.skein.protocol.event;

/**
 * Neighbours in a plan's order.
 *
 * @param first the first one's key
 * @param last the last one's key; that of the first where it is alone
 * @param count how many they are, from 1
 */
public record KeyRange(String first, String last, int count) {
    /**
     * @throws IllegalArgumentException if it is empty
     */
    public KeyRange {
        if (count < 1) {
            throw new IllegalArgumentException("a range of " + count + " keys");
        }
    }
}
