package dev.skein.ops.source.flyway;

import java.util.Optional;

/**
 * What a method without parameters always returns, where its code says so in itself: a literal, one
 * wrapped by {@code Integer.valueOf} or {@code MigrationVersion.fromVersion}, or a static field
 * that is given such a value when its class is loaded.
 *
 * @param value empty for null
 */
record ClassAnswer(Optional<String> value) {
    private static final int ACONST_NULL = 0x01;
    private static final int ICONST_M1 = 0x02;
    private static final int ICONST_0 = 0x03;
    private static final int ICONST_5 = 0x08;
    private static final int BIPUSH = 0x10;
    private static final int SIPUSH = 0x11;
    private static final int LDC = 0x12;
    private static final int LDC_W = 0x13;
    private static final int IRETURN = 0xac;
    private static final int ARETURN = 0xb0;
    private static final int GETSTATIC = 0xb2;
    private static final int PUTSTATIC = 0xb3;
    private static final int INVOKESTATIC = 0xb8;
    private static final int CALL_LENGTH = 3;

    /** A value at the beginning of some code, and how long that part is. */
    private record Pushed(Optional<String> value, int length) {}

    /**
     * @param start what runs when the class is loaded
     * @return empty where the code computes something
     */
    static Optional<ClassAnswer> of(byte[] code, byte[] start, ClassConstants constants) {
        return pushed(code, 0, constants)
                .filter(value -> returns(code, value.length()))
                .map(Pushed::value)
                .or(() -> ofField(code, start, constants))
                .map(ClassAnswer::new);
    }

    private static boolean returns(byte[] code, int at) {
        int last = at(code, at);
        return code.length == at + 1 && (last == IRETURN || last == ARETURN);
    }

    private static Optional<Optional<String>> ofField(
            byte[] code, byte[] start, ClassConstants constants) {
        if (at(code, 0) != GETSTATIC || !returns(code, CALL_LENGTH)) {
            return Optional.empty();
        }
        String field = constants.member(place(code, 1));
        for (int i = 0; i < start.length; i++) {
            Optional<Pushed> value = pushed(start, i, constants);
            int end = i + value.map(Pushed::length).orElse(0);
            if (value.isPresent()
                    && at(start, end) == PUTSTATIC
                    && constants.member(place(start, end + 1)).equals(field)) {
                return value.map(Pushed::value);
            }
        }
        return Optional.empty();
    }

    private static Optional<Pushed> pushed(byte[] code, int begin, ClassConstants constants) {
        int first = at(code, begin);
        return switch (first) {
            case ACONST_NULL -> Optional.of(new Pushed(Optional.empty(), 1));
            case BIPUSH -> wrapped(Integer.toString(code[begin + 1]), 2, code, begin, constants);
            case SIPUSH ->
                    wrapped(
                            Integer.toString((short) place(code, begin + 1)),
                            CALL_LENGTH,
                            code,
                            begin,
                            constants);
            case LDC ->
                    constants
                            .literal(at(code, begin + 1))
                            .flatMap(text -> wrapped(text, 2, code, begin, constants));
            case LDC_W ->
                    constants
                            .literal(place(code, begin + 1))
                            .flatMap(text -> wrapped(text, CALL_LENGTH, code, begin, constants));
            default ->
                    first >= ICONST_M1 && first <= ICONST_5
                            ? wrapped(Integer.toString(first - ICONST_0), 1, code, begin, constants)
                            : Optional.empty();
        };
    }

    private static Optional<Pushed> wrapped(
            String text, int length, byte[] code, int begin, ClassConstants constants) {
        if (at(code, begin + length) != INVOKESTATIC) {
            return Optional.of(new Pushed(Optional.of(text), length));
        }
        String call = constants.member(place(code, begin + length + 1));
        return call.equals("java/lang/Integer.valueOf")
                        || call.equals(FlywayTypes.VERSION + ".fromVersion")
                ? Optional.of(new Pushed(Optional.of(text), length + CALL_LENGTH))
                : Optional.empty();
    }

    private static int at(byte[] code, int place) {
        return place < code.length ? Byte.toUnsignedInt(code[place]) : 0;
    }

    private static int place(byte[] code, int at) {
        return at(code, at) << Byte.SIZE | at(code, at + 1);
    }
}
