package dev.skein.ops.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.protocol.codec.Json;
import dev.skein.protocol.codec.MalformedJson;
import dev.skein.protocol.codec.PlanCodec;
import dev.skein.protocol.id.PlanId;
import dev.skein.protocol.plan.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A plan as {@code plan build} writes it.
 *
 * @param name the file's name without its ending: a person's name for the plan
 */
record PlanFile(String name, PlanId id, Plan plan) {
    private static final String ENDING = ".json";

    static PlanFile of(String name, Plan plan) {
        return new PlanFile(name, PlanCodec.idOf(plan), plan);
    }

    /**
     * @throws CommandFailed if the file cannot be read or is no plan
     */
    static PlanFile read(Path file) {
        try {
            return of(nameOf(file), PlanCodec.read(Files.readAllBytes(file)));
        } catch (IOException unreadable) {
            throw CommandFailed.usage("plan file " + file + " cannot be read: " + unreadable);
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
                    "plan file " + file + " cannot be written: " + unwritable);
        }
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
