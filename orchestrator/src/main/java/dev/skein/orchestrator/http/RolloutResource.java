package dev.skein.orchestrator.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.orchestrator.fleet.FleetLookup;
import dev.skein.orchestrator.fleet.FleetView;
import dev.skein.orchestrator.rollout.Command;
import dev.skein.orchestrator.rollout.CommandReply;
import dev.skein.orchestrator.rollout.DryRun;
import dev.skein.orchestrator.runtime.Answer;
import dev.skein.orchestrator.strategy.StrategyReader;
import dev.skein.protocol.event.DeclaredVersion;
import dev.skein.protocol.event.RollbackTerms;
import dev.skein.protocol.event.RolloutPurpose;
import dev.skein.protocol.id.RolloutId;
import dev.skein.protocol.settings.Settings;
import dev.skein.protocol.strategy.Strategy;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;

/** Rollouts: opens them, shows one, and takes a person's verbs. */
final class RolloutResource {
    static final String PATH = Api.BASE + "/rollouts";

    private final Api api;

    RolloutResource(Api api) {
        this.api = api;
    }

    List<Endpoint> endpoints(HttpLimits limits) {
        List<Endpoint> endpoints = new ArrayList<>();
        endpoints.add(Endpoint.post(PATH, limits.bodyBytesMax(), this::open));
        endpoints.add(Endpoint.get(PATH + "/:rollout", this::one));
        for (RolloutVerb verb : RolloutVerb.values()) {
            endpoints.add(
                    Endpoint.post(
                            PATH + "/:rollout/" + verb.label(),
                            limits.bodyBytesMax(),
                            context -> ask(context, verb)));
        }
        return endpoints;
    }

    private void open(RoutingContext context) {
        byte[] body = Bodies.bytes(context);
        submit(context, Responses.CREATED, () -> asked(Bodies.parse(body)));
    }

    private Asked asked(JsonNode body) {
        Opening opening = BodyTexts.read(body, RolloutResource::opening);
        FleetView view = api.fleet().view();
        Command.Open command =
                new Command.Open(
                        api.fleet().nextRolloutId(),
                        api.lookups().planId(view, opening.plan()),
                        opening.strategy().orElseThrow(),
                        opening.purpose(),
                        opening.terms(),
                        opening.declared(),
                        opening.by(),
                        api.fleet().now());
        return new Asked(command, opening.dryRun(), fleet -> DryRun.of(fleet, command));
    }

    /**
     * What a request asks for.
     *
     * @param dryRun whether it is only to be told what the command would lead to
     * @param teller who tells it
     */
    private record Asked(Command command, boolean dryRun, Function<FleetLookup, DryRun> teller) {}

    private record Opening(
            String plan,
            Optional<Strategy> strategy,
            RolloutPurpose purpose,
            Optional<RollbackTerms> terms,
            Optional<DeclaredVersion> declared,
            boolean dryRun,
            String by) {}

    private static Opening opening(Settings body) {
        if (!body.has("strategy")) {
            body.problem("strategy", "is missing");
        }
        return new Opening(
                body.text("plan"),
                body.section("strategy", StrategyReader::read),
                purpose(body),
                TermsFields.ofOpening(body),
                declared(body),
                TermsFields.dryRun(body),
                BodyTexts.by(body));
    }

    private static RolloutPurpose purpose(Settings body) {
        RolloutPurpose purpose = body.choice("purpose", RolloutPurpose.MIGRATE);
        if (purpose != RolloutPurpose.MIGRATE && body.has("to")) {
            body.problem("to", "has no place in a rollout that is there to " + purpose.label());
        }
        return purpose;
    }

    /** What databases that are read or adopted are said to be at. */
    private static Optional<DeclaredVersion> declared(Settings body) {
        Optional<String> version = BodyTexts.name(body, "at");
        boolean unproven = body.flag("unproven", false);
        if (version.isEmpty() && unproven) {
            body.problem(
                    "unproven", "needs a version to be taken on your word; say \"at\" as well");
        }
        if (version.isPresent()
                && body.choice("purpose", RolloutPurpose.MIGRATE) == RolloutPurpose.MIGRATE) {
            body.problem("at", "has a place only in a rollout that is there to survey or to adopt");
        }
        return version.map(each -> new DeclaredVersion(each, unproven));
    }

    private void ask(RoutingContext context, RolloutVerb verb) {
        byte[] body = Bodies.bytes(context);
        String name = context.pathParam("rollout");
        submit(context, Responses.OK, () -> asked(verb, name, Bodies.parse(body)));
    }

    private Asked asked(RolloutVerb verb, String rollout, JsonNode body) {
        RolloutId id = api.lookups().rolloutId(rollout);
        Instant now = api.fleet().now();
        return BodyTexts.read(body, settings -> asked(VerbRequest.of(id, settings, now), verb));
    }

    private static Asked asked(VerbRequest request, RolloutVerb verb) {
        Command command = verb.read(request);
        // Each other verb does what its answer says at once, and a dry run of it tells nothing.
        if (command instanceof Command.Rollback rollback) {
            boolean dryRun = TermsFields.dryRun(request.body());
            return new Asked(command, dryRun, fleet -> DryRun.of(fleet, rollback));
        }
        return new Asked(command, false, fleet -> null);
    }

    private void submit(RoutingContext context, int status, Callable<Asked> asked) {
        QueryParameters.of(context);
        api.reads()
                .compute(asked)
                .onSuccess(
                        what -> {
                            if (what.dryRun()) {
                                tell(context, what);
                            } else {
                                submit(context, status, what.command());
                            }
                        })
                .onFailure(context::fail);
    }

    private void submit(RoutingContext context, int status, Command command) {
        api.fleet()
                .submit(command)
                .map(answer -> answer.accept(new AnswerMapper<>(context.request().uri())))
                .onSuccess(accepted -> accepted(context, status, accepted))
                .onFailure(context::fail);
    }

    /** Any orchestrator that has folded the log may tell, whoever leads: nothing is written. */
    private void tell(RoutingContext context, Asked asked) {
        if (!api.fleet().ready()) {
            context.fail(Lookups.notReady().refused());
            return;
        }
        api.reads()
                .answer(
                        context,
                        () ->
                                DryRunJson.of(
                                        asked.teller().apply(api.fleet().view().lookup()),
                                        asked.command().label()));
    }

    private void accepted(RoutingContext context, int status, Answer.Done<CommandReply> accepted) {
        CommandReply reply = accepted.value();
        if (status == Responses.CREATED) {
            context.response().putHeader("Location", PATH + "/" + reply.rollout());
        }
        api.reads().answer(context, status, () -> show(reply, status == Responses.CREATED));
    }

    private ObjectNode show(CommandReply reply, boolean opened) {
        ObjectNode json = show(reply.rollout().value());
        json.put("message", reply.message());
        return opened ? json.put("leftOver", reply.leftOver()) : json;
    }

    private void one(RoutingContext context) {
        QueryParameters.of(context);
        String name = context.pathParam("rollout");
        api.reads().answer(context, () -> show(name));
    }

    private ObjectNode show(String rollout) {
        FleetView view = api.fleet().view();
        return new RolloutJson(view, api.fleet().now()).full(api.lookups().rollout(view, rollout));
    }
}
