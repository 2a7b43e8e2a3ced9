package dev.skein.ops;

/** The entry point of the {@code skein} command. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        System.out.println("skein " + version());
    }

    /** Null while the classes run outside of their jar: only its manifest holds the version. */
    private static String version() {
        String version = Main.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
