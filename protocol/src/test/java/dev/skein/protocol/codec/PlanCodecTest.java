package dev.skein.protocol.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.protocol.plan.Plan;
import dev.skein.protocol.plan.Probe;
import dev.skein.protocol.plan.Step;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanCodecTest {
    private static final String MINIMAL =
            "{'framework':'sql','migrations':[{'description':'','kind':'versioned',"
                    + "'script':'1.sql','up':[],'version':'1'}]}";

    @Test
    void planIsReadBackAsItWasWritten() {
        assertThat(PlanCodec.read(PlanCodec.write(SamplePlans.full())))
                .isEqualTo(SamplePlans.full());
    }

    @Test
    void writtenFormIsCanonical() {
        assertThat(PlanCodec.write(SamplePlans.minimal()))
                .asString()
                .isEqualTo(MINIMAL.replace('\'', '"'));
    }

    @Test
    void idIsTheSameForAnIndentedPlan() {
        String indented = Json.pretty(SamplePlans.full());
        Plan read = PlanCodec.read(indented.getBytes(StandardCharsets.UTF_8));

        assertThat(PlanCodec.idOf(read)).isEqualTo(PlanCodec.idOf(SamplePlans.full()));
    }

    /** Databases and approvals name plans by this id: it may never change for the same plan. */
    @Test
    void idOfTheSamePlanStaysForEver() {
        assertThat(PlanCodec.idOf(SamplePlans.minimal()).value())
                .isEqualTo("51e6da56946ecc03d4617903c47a53de5efc1282c6ca6a080e8fd88a561827a5");
        assertThat(PlanCodec.idOf(SamplePlans.full()).value())
                .isEqualTo("c4e0b2c884542bc450abd29ca9a09b8103b03db944e9ea27c5b3c20bfb36acae");
    }

    /** Plans that were made before steps noted it are read, and keep their ids. */
    @Test
    void atomicityOfAStepIsWrittenOnlyWhereThePlanHasIt() {
        assertThat(PlanCodec.write(SamplePlans.full())).asString().doesNotContain("atomic");
        assertThat(PlanCodec.write(SamplePlans.grown()))
                .asString()
                .contains("\"atomicity\":\"atomic\"")
                .contains("\"atomicity\":\"schema-only\"")
                .contains("\"atomicity\":\"not-atomic\"");
        assertThat(PlanCodec.read(PlanCodec.write(SamplePlans.grown())))
                .isEqualTo(SamplePlans.grown());
    }

    @Test
    void everyKindOfStepAndProbeIsInTheSample() {
        Set<String> types = new HashSet<>();
        types.addAll(Json.tree(SamplePlans.full()).findValuesAsText("type"));
        types.addAll(Json.tree(SamplePlans.delegated()).findValuesAsText("type"));
        Stream<Class<?>> kinds =
                Stream.concat(SealedTree.leaves(Step.class), SealedTree.leaves(Probe.class));

        assertThat(types).hasSize((int) kinds.count());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'framework':'sql' | 'framework':'rails' | framework cannot be 'rails': none of"
                        + " sql",
                "'framework':'sql', | '' | framework is missing or not",
                "'migrations':[{ | 'migrations':[],'other':[{ | plan is not valid: a plan needs",
                "'script':'1.sql', | '' | migrations[0].script is missing or not a text",
                "'version':'1' | 'version':'' | migrations[0] is not valid: versioned migration"
                        + " 1.sql",
                "'up':[] | 'up':[{}] | migrations[0].up[0] has no type",
                "'up':[] | 'up':[{'type':'magic'}] | up[0] has the unknown type 'magic'",
                "'up':[] | 'up':[{'type':'script'}] | up[0].sql is missing or not a text",
                "'up':[] | 'up':7 | migrations[0].up is missing or not a list",
                "]} | ] | plan: line 1, column",
            })
    void malformedPlanSaysWhereAndWhy(String part, String wrong, String message) {
        String json = MINIMAL.replace(part, wrong.equals("''") ? "" : wrong).replace('\'', '"');

        assertThatThrownBy(() -> PlanCodec.read(json.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(MalformedJson.class)
                .hasMessageStartingWith("plan")
                .hasMessageContaining(message)
                .hasMessageNotContaining("dev.skein");
    }
}
