package dev.skein.protocol.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.skein.protocol.event.DatabaseApplied;
import dev.skein.protocol.event.Progress;
import dev.skein.protocol.event.WaveStarted;
import dev.skein.protocol.id.DatabaseId;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventCodecTest {
    private static final WaveStarted STARTED =
            new WaveStarted(SampleEvents.ROLLOUT, 2, SampleEvents.AT);

    @Test
    void ignorableSurvives() {
        Envelope plain = Envelope.counted("rollout:r-1", 7, STARTED);
        Envelope ignorable =
                new Envelope(plain.id(), plain.source(), 7, Optional.empty(), true, STARTED);

        assertThat(EventCodec.decode(EventCodec.encode(ignorable)))
                .isEqualTo(new Decoded.Known(ignorable));
    }

    @Test
    void sameEventOfOneSourceKeepsItsIdWhenSentAgain() {
        assertThat(Envelope.counted("rollout:r-1", 7, STARTED).id())
                .isEqualTo(Envelope.counted("rollout:r-1", 7, STARTED).id())
                .isNotEqualTo(Envelope.counted("rollout:r-1", 8, STARTED).id());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "not json | line 1, column",
                "[] | is missing or not",
                "{} | is missing or not",
                "{'id':'x'} | id cannot be 'x'",
            })
    void whatIsNoEnvelopeIsAFault(String json, String reason) {
        assertThatThrownBy(() -> EventCodec.decode(bytes(json)))
                .isInstanceOf(UndecodableEvent.class)
                .hasMessageStartingWith("the record is no event envelope: envelope")
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'rollout':'r-1'}",
                "{'rollout':'r-1','wave':null}",
                "{'rollout':'r-1','wave':'2'}",
                "{'rollout':'r-1','wave':2.5}"
            })
    void missingOrWrongDataIsAFaultThatNamesTheEvent(String data) {
        String json =
                "{'id':'0e9f7a4c-5b0e-3f4e-9d52-0a4e4b1f6c11','type':'wave-started',"
                        + "'source':'rollout:r-1','sequence':7,'time':'2026-01-02T15:04:05Z',"
                        + "'data':"
                        + data
                        + "}";

        assertThatThrownBy(() -> EventCodec.decode(bytes(json)))
                .isInstanceOf(UndecodableEvent.class)
                .hasMessageContaining("'wave-started'")
                .hasMessageContaining("'rollout:r-1', sequence 7")
                .hasMessageContainingAll("data: ", " not ");
    }

    @Test
    void negativeSequenceIsAFaultAndNotTakenForUncounted() {
        assertThatThrownBy(() -> Envelope.counted("rollout:r-1", -1, STARTED))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-1");
    }

    @Test
    void headersAreCloudEventsAttributes() {
        Envelope envelope = SampleEvents.enveloped(STARTED);

        assertThat(EventCodec.headers(envelope))
                .containsExactly(
                        entry("ce_specversion", "1.0"),
                        entry("ce_id", envelope.id().toString()),
                        entry("ce_type", "dev.skein.wave-started"),
                        entry("ce_source", "rollout:r-20260102-1504-7f3a"),
                        entry("ce_time", "2026-01-02T15:04:05.123456Z"),
                        entry(
                                "ce_traceparent",
                                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"),
                        entry("content-type", "application/json"));
    }

    @Test
    void sourceHeaderIsAUriWhateverTheDatabaseIsCalled() {
        DatabaseId odd = DatabaseId.of("pg-1", "größe & co");
        DatabaseApplied applied =
                new DatabaseApplied(
                        odd, SampleEvents.ROLLOUT, 1, "3", new Progress(1, 1), SampleEvents.AT);

        assertThat(EventCodec.headers(Envelope.counted("database:" + odd, 1, applied)))
                .containsEntry("ce_source", "database:pg-1/gr%C3%B6%C3%9Fe%20&%20co")
                .doesNotContainKey("ce_traceparent");
    }

    private static byte[] bytes(String json) {
        return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pg-1/tenant_x ", "pg-1/ tenant", "pg-1/shared/ t ", "pg-1/ "})
    void namesGoThroughTheLogByteForByte(String name) {
        Progress none = new Progress(0, 0);
        Envelope written =
                Envelope.counted(
                        "database:" + name,
                        1,
                        new DatabaseApplied(
                                DatabaseId.parse(name),
                                SampleEvents.ROLLOUT,
                                1,
                                "1",
                                none,
                                SampleEvents.AT));

        assertThat(EventCodec.decode(EventCodec.encode(written)))
                .isEqualTo(new Decoded.Known(written));
    }
}
