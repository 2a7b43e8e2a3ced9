package dev.skein.ops.source.flyway;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a compiled class says of itself without being loaded (The Java Virtual Machine
 * Specification, chapter 4).
 *
 * @param name with slashes
 * @param parent with slashes
 * @param concrete whether it is a class that can have instances
 * @param answers of its methods without parameters, by name; empty where code computes one
 * @param classes all that it names, with slashes
 * @param calls names of the methods that it calls, each also behind its class and a dot
 * @param texts its literals
 */
record ClassFile(
        String name,
        String parent,
        List<String> interfaces,
        boolean concrete,
        Map<String, Optional<ClassAnswer>> answers,
        Set<String> classes,
        Set<String> calls,
        Set<String> texts) {
    private static final int MAGIC = 0xCAFEBABE;
    private static final int INTERFACE_OR_ABSTRACT = 0x0600;
    private static final String CODE = "Code";
    private static final String NO_PARAMETERS = "()";
    private static final String STATIC_START = "<clinit>";

    ClassFile {
        interfaces = List.copyOf(interfaces);
        answers = Collections.unmodifiableMap(new TreeMap<>(answers));
        classes = Collections.unmodifiableSet(new TreeSet<>(classes));
        calls = Collections.unmodifiableSet(new TreeSet<>(calls));
        texts = Collections.unmodifiableSet(new TreeSet<>(texts));
    }

    /**
     * @throws IOException if the bytes are no class
     */
    static ClassFile of(byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        if (in.readInt() != MAGIC) {
            throw new IOException("it is no class file");
        }
        in.readInt();
        ClassConstants constants = ClassConstants.read(in);
        int access = in.readUnsignedShort();
        String name = constants.className(in.readUnsignedShort());
        int parent = in.readUnsignedShort();
        String[] interfaces = new String[in.readUnsignedShort()];
        for (int i = 0; i < interfaces.length; i++) {
            interfaces[i] = constants.className(in.readUnsignedShort());
        }
        skipMembers(in);
        return new ClassFile(
                name,
                parent == 0 ? "" : constants.className(parent),
                List.of(interfaces),
                (access & INTERFACE_OR_ABSTRACT) == 0,
                answers(in, constants),
                constants.classes(),
                constants.calls(),
                constants.texts());
    }

    private static void skipMembers(DataInputStream in) throws IOException {
        int members = in.readUnsignedShort();
        for (int i = 0; i < members; i++) {
            in.skipNBytes(Short.BYTES * 3L);
            int attributes = in.readUnsignedShort();
            for (int j = 0; j < attributes; j++) {
                in.readUnsignedShort();
                in.skipNBytes(in.readInt());
            }
        }
    }

    private static Map<String, Optional<ClassAnswer>> answers(
            DataInputStream in, ClassConstants constants) throws IOException {
        Map<String, byte[]> codes = new TreeMap<>();
        int methods = in.readUnsignedShort();
        for (int i = 0; i < methods; i++) {
            in.readUnsignedShort();
            String name = constants.text(in.readUnsignedShort());
            boolean plain = constants.text(in.readUnsignedShort()).startsWith(NO_PARAMETERS);
            int attributes = in.readUnsignedShort();
            for (int j = 0; j < attributes; j++) {
                boolean code = constants.text(in.readUnsignedShort()).equals(CODE);
                byte[] content = in.readNBytes(in.readInt());
                if (code && plain) {
                    codes.put(name, code(content));
                }
            }
        }
        byte[] start = codes.getOrDefault(STATIC_START, new byte[0]);
        Map<String, Optional<ClassAnswer>> answers = new TreeMap<>();
        codes.forEach((name, code) -> answers.put(name, ClassAnswer.of(code, start, constants)));
        return answers;
    }

    private static byte[] code(byte[] attribute) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(attribute));
        in.readInt();
        return in.readNBytes(in.readInt());
    }
}
