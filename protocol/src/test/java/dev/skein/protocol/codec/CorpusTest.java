package dev.skein.protocol.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.skein.protocol.event.FleetEvent;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What version 1 wrote: files are added here, never changed, and stay readable for ever. */
class CorpusTest {
    private static final String FOLDER = "/corpus/v1/";

    static Stream<Arguments> written() {
        Stream<Arguments> full =
                SampleEvents.full().stream()
                        .map(
                                event ->
                                        arguments(
                                                EventTypes.nameOf(event) + ".json",
                                                SampleEvents.enveloped(event)));
        Stream<Arguments> minimal =
                SampleEvents.minimal().stream()
                        .map(
                                event ->
                                        arguments(
                                                EventTypes.nameOf(event) + ".minimal.json",
                                                SampleEvents.barelyEnveloped(event)));
        Stream<Arguments> grown =
                SampleEvents.grown().stream()
                        .map(
                                event ->
                                        arguments(
                                                EventTypes.nameOf(event) + ".grown.json",
                                                SampleEvents.enveloped(event)));
        Stream<Arguments> linked =
                SampleLinks.all().stream()
                        .map(
                                event ->
                                        arguments(
                                                EventTypes.nameOf(event) + ".linked.json",
                                                SampleEvents.enveloped(event)));
        Stream<Arguments> terms =
                SampleRollbacks.all().stream()
                        .map(
                                event ->
                                        arguments(
                                                EventTypes.nameOf(event) + ".terms.json",
                                                SampleEvents.enveloped(event)));
        Arguments placed =
                arguments(
                        "plan-published.placed.json",
                        SampleEvents.enveloped(SampleEvents.placed()));
        Stream<Arguments> delegated =
                SampleDelegations.all().stream()
                        .map(
                                event ->
                                        arguments(
                                                EventTypes.nameOf(event) + ".delegated.json",
                                                SampleEvents.enveloped(event)));
        Stream<Arguments> declared =
                SampleDeclarations.all().stream()
                        .map(
                                event ->
                                        arguments(
                                                EventTypes.nameOf(event) + ".declared.json",
                                                SampleEvents.enveloped(event)));
        Stream<Arguments> doubted =
                SampleDoubts.all().stream()
                        .map(
                                event ->
                                        arguments(
                                                EventTypes.nameOf(event) + ".doubted.json",
                                                SampleEvents.enveloped(event)));
        return Stream.of(
                        full,
                        minimal,
                        grown,
                        linked,
                        terms,
                        declared,
                        doubted,
                        Stream.of(placed),
                        delegated)
                .flatMap(each -> each);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("written")
    void fileDecodesToWhatItWasWrittenFrom(String file, Envelope envelope) throws IOException {
        assertThat(EventCodec.decode(read(file))).isEqualTo(new Decoded.Known(envelope));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("written")
    void encodingAgainGivesEqualJson(String file, Envelope envelope) throws IOException {
        byte[] encoded = EventCodec.encode(envelope);

        assertThat(Json.parse(encoded, "encoded")).isEqualTo(Json.parse(read(file), file));
    }

    @Test
    void everyEventHasItsFile() {
        List<Class<?>> sampled =
                SampleEvents.full().stream().<Class<?>>map(FleetEvent::getClass).toList();

        assertThat(sampled)
                .containsExactlyInAnyOrderElementsOf(SealedTree.leaves(FleetEvent.class).toList());
    }

    @Test
    void unknownEventThatMayBeIgnoredIsIgnored() throws IOException {
        assertThat(EventCodec.decode(read("unknown-ignorable.json")))
                .isEqualTo(new Decoded.Ignored("mood-improved", "agent:eu-1", 7));
    }

    @Test
    void unknownEventThatMustNotBeIgnoredIsAFault() {
        assertThatThrownBy(() -> EventCodec.decode(read("unknown.json")))
                .isInstanceOf(UndecodableEvent.class)
                .hasMessageContaining("'database-teleported'")
                .hasMessageContaining("'database:pg-eu-1/acme'")
                .hasMessageContaining("sequence 8");
    }

    @Test
    void propertiesOfNewerVersionsArePassedOver() throws IOException {
        assertThat(EventCodec.decode(read("newer-properties.json")))
                .isEqualTo(EventCodec.decode(read("wave-started.json")));
    }

    private static byte[] read(String file) throws IOException {
        try (InputStream in = CorpusTest.class.getResourceAsStream(FOLDER + file)) {
            assertThat(in).as("corpus file %s", file).isNotNull();
            return in.readAllBytes();
        }
    }
}
