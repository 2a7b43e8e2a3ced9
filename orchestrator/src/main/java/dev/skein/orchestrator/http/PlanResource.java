package dev.skein.orchestrator.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.orchestrator.fleet.PublishedPlan;
import dev.skein.orchestrator.runtime.Answer;
import dev.skein.protocol.codec.Json;
import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.settings.Settings;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Plans: publishes them and shows them. */
final class PlanResource {
    private static final String PATH = Api.BASE + "/plans";
    private static final String LIST = "plans";

    private final Api api;

    PlanResource(Api api) {
        this.api = api;
    }

    List<Endpoint> endpoints(HttpLimits limits) {
        return List.of(
                Endpoint.post(PATH, limits.planBytesMax(), this::publish),
                Endpoint.get(PATH, this::list),
                Endpoint.get(PATH + "/:plan", this::one));
    }

    private record NameAndCaller(Optional<String> name, String by) {}

    private record Publication(Plan plan, NameAndCaller words) {
        String name() {
            return words.name().orElseGet(() -> plan.framework().label() + " " + plan.version());
        }
    }

    private void publish(RoutingContext context) {
        QueryParameters.of(context);
        byte[] body = Bodies.bytes(context);
        api.reads()
                .compute(() -> publication(Bodies.parse(body)))
                .compose(each -> api.fleet().publish(each.plan(), each.name(), each.words().by()))
                .map(answer -> answer.accept(new AnswerMapper<>(context.request().uri())))
                .onSuccess(accepted -> published(context, accepted))
                .onFailure(context::fail);
    }

    private void published(RoutingContext context, Answer.Done<PublishedPlan> accepted) {
        boolean isNew = !accepted.positions().isEmpty();
        PublishedPlan plan = accepted.value();
        context.response().putHeader("Location", PATH + "/" + plan.id());
        Responses.json(
                context,
                isNew ? Responses.CREATED : Responses.OK,
                Responses.render(PlanJson.summary(plan)));
    }

    /** The plan is read by its own codec; the settings are asked for the rest. */
    private static Publication publication(JsonNode body) {
        JsonNode content = body.path("plan");
        NameAndCaller words = BodyTexts.read(withoutPlan(body), each -> words(each, content));
        return new Publication(Json.read(content, Plan.class, "plan"), words);
    }

    private static JsonNode withoutPlan(JsonNode body) {
        if (body instanceof ObjectNode object) {
            ObjectNode rest = object.objectNode().setAll(object);
            return rest.without("plan");
        }
        return body;
    }

    private static NameAndCaller words(Settings body, JsonNode content) {
        if (!content.isObject()) {
            body.problem("plan", "is missing or not a plan's JSON");
        }
        return new NameAndCaller(BodyTexts.newName(body, "name"), BodyTexts.by(body));
    }

    private void list(RoutingContext context) {
        PageRequest page =
                PageRequest.of(QueryParameters.of(context, PageRequest.LIMIT, PageRequest.CURSOR));
        api.reads()
                .answer(
                        context,
                        () ->
                                listing(new ArrayList<>(api.fleet().view().plans().values()))
                                        .page(page, PlanJson::summary));
    }

    private static Listing<PublishedPlan> listing(List<PublishedPlan> plans) {
        return new Listing<>(
                LIST,
                plans,
                each -> each.id().value(),
                (each, key) -> each.id().value().compareTo(key) > 0);
    }

    private void one(RoutingContext context) {
        QueryParameters.of(context);
        String prefix = context.pathParam("plan");
        api.reads()
                .answer(
                        context,
                        () -> PlanJson.full(api.lookups().plan(api.fleet().view(), prefix)));
    }
}
