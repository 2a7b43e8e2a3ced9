package dev.skein.ops.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.ops.client.SkeinClient;
import dev.skein.ops.source.IoReason;
import dev.skein.protocol.codec.Json;
import dev.skein.protocol.codec.MalformedJson;
import dev.skein.protocol.codec.PlanCodec;
import dev.skein.protocol.id.PlanId;
import dev.skein.protocol.plan.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * A plan as {@code plan build} writes it.
 *
 * @param name the file's name without its ending: a person's name for the plan
 */
record PlanFile(String name, PlanId id, Plan plan) {
    private static final String ENDING = ".json";
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8,64}");

    static PlanFile of(String name, Plan plan) {
        return new PlanFile(name, PlanCodec.idOf(plan), plan);
    }

    /**
     * Whether the name of a plan on the command line means a file, and not the id of a published
     * plan.
     *
     * @throws CommandFailed if it can only mean a file, and there is none
     */
    static boolean isMeantBy(String plan) {
        boolean there = Files.isRegularFile(Path.of(plan));
        if (!there && !ID.matcher(plan).matches()) {
            throw CommandFailed.usage(
                    "there is no plan file '"
                            + plan
                            + "', and a published plan's id has 8 to 64 digits, 0-9 and a-f");
        }
        return there;
    }

    /** The id of a published plan; a file is published first. */
    static String published(SkeinClient client, String plan) {
        return isMeantBy(plan)
                ? PlanPublishCommand.publish(client, read(Path.of(plan)), null).path("id").asText()
                : plan;
    }

    /** The id of a plan, published or not; nothing is published. */
    static String identified(String plan) {
        return isMeantBy(plan) ? read(Path.of(plan)).id().value() : plan;
    }

    /**
     * @throws CommandFailed if the file cannot be read or is no plan
     */
    static PlanFile read(Path file) {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw CommandFailed.usage("plan file " + file + " is no file");
        }
        try {
            return of(nameOf(file), PlanCodec.read(Files.readAllBytes(file)));
        } catch (IOException unreadable) {
            throw CommandFailed.usage(
                    "plan file " + file + " cannot be read: " + IoReason.of(unreadable));
        } catch (MalformedJson malformed) {
            throw CommandFailed.usage(file + " is no plan file: " + malformed.getMessage());
        }
    }

    /**
     * @throws CommandFailed if the file cannot be written
     */
    void write(Path file) {
        try {
            Files.write(file, PlanCodec.write(plan));
        } catch (IOException unwritable) {
            throw CommandFailed.operation(
                    "plan file " + file + " cannot be written: " + whyNot(unwritable));
        }
    }

    private static String whyNot(IOException unwritable) {
        return unwritable instanceof NoSuchFileException
                ? "its directory does not exist"
                : IoReason.of(unwritable);
    }

    /** The shape in which the server shows a published plan. */
    ObjectNode toJson() {
        JsonNode content = Json.mapper().valueToTree(plan);
        ObjectNode shown = Json.mapper().createObjectNode();
        shown.put("id", id.value()).put("name", name).put("framework", plan.framework().label());
        shown.put("version", plan.version()).put("migrations", plan.migrations().size());
        shown.put("steps", plan.stepCount());
        shown.set("content", content);
        return shown;
    }

    private static String nameOf(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : name;
    }
}
