package dev.skein.protocol.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import dev.skein.protocol.Labelled;
import dev.skein.protocol.id.AgentId;
import dev.skein.protocol.id.DatabaseId;
import dev.skein.protocol.id.LogId;
import dev.skein.protocol.id.PlanId;
import dev.skein.protocol.id.RolloutId;
import dev.skein.protocol.plan.Probe;
import dev.skein.protocol.plan.Step;
import dev.skein.protocol.strategy.FailureBudget;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How values without annotations of their own are written: ids, labelled enums, sealed types. */
final class ValueModule extends SimpleModule {
    private static final long serialVersionUID = 1L;

    ValueModule() {
        super("skein-values");
        text(AgentId.class, AgentId::new);
        text(DatabaseId.class, DatabaseId::parse);
        text(LogId.class, LogId::new);
        text(PlanId.class, PlanId::new);
        text(RolloutId.class, RolloutId::new);
        text(FailureBudget.class, FailureBudget::parse);
        addSerializer(Labelled.class, new LabelSerializer());
        setDeserializerModifier(new LabelModifier());
        setMixInAnnotation(Step.class, WireNames.Steps.class);
        setMixInAnnotation(Probe.class, WireNames.ProbeNames.class);
    }

    private <T> void text(Class<T> type, Function<String, T> parse) {
        addSerializer(type, ToStringSerializer.instance);
        addDeserializer(type, new TextDeserializer<>(type, parse));
        addKeyDeserializer(
                type,
                new KeyDeserializer() {
                    @Override
                    public Object deserializeKey(String key, DeserializationContext context) {
                        return parse.apply(key);
                    }
                });
    }

    private static final class TextDeserializer<T> extends FromStringDeserializer<T> {
        private static final long serialVersionUID = 1L;
        private final transient Function<String, T> parse;

        TextDeserializer(Class<T> type, Function<String, T> parse) {
            super(type);
            this.parse = parse;
        }

        /**
         * Jackson's own way would take the blanks off both ends, and a database's name may have
         * them.
         */
        @Override
        public T deserialize(JsonParser in, DeserializationContext context) throws IOException {
            return in.hasToken(JsonToken.VALUE_STRING)
                    ? _deserialize(in.getText(), context)
                    : super.deserialize(in, context);
        }

        @Override
        protected T _deserialize(String value, DeserializationContext context) throws IOException {
            try {
                return parse.apply(value);
            } catch (IllegalArgumentException cause) {
                throw context.weirdStringException(value, _valueClass, cause.getMessage());
            }
        }

        @Override
        protected Object _deserializeFromEmptyString(DeserializationContext context)
                throws IOException {
            return _deserialize("", context);
        }
    }

    private static final class LabelSerializer extends StdSerializer<Labelled> {
        private static final long serialVersionUID = 1L;

        LabelSerializer() {
            super(Labelled.class);
        }

        @Override
        public void serialize(Labelled value, JsonGenerator out, SerializerProvider provider)
                throws IOException {
            out.writeString(value.label());
        }
    }

    private static final class LabelModifier extends BeanDeserializerModifier {
        private static final long serialVersionUID = 1L;

        @Override
        public JsonDeserializer<?> modifyEnumDeserializer(
                DeserializationConfig config,
                JavaType type,
                BeanDescription description,
                JsonDeserializer<?> standard) {
            Class<?> raw = type.getRawClass();
            return Labelled.class.isAssignableFrom(raw) ? new LabelDeserializer(raw) : standard;
        }
    }

    private static final class LabelDeserializer extends JsonDeserializer<Object> {
        private final Class<?> type;

        LabelDeserializer(Class<?> type) {
            this.type = type;
        }

        @Override
        public Object deserialize(JsonParser in, DeserializationContext context)
                throws IOException {
            String label = in.getValueAsString();
            Optional<?> found =
                    Arrays.stream(type.getEnumConstants())
                            .filter(constant -> ((Labelled) constant).label().equals(label))
                            .findFirst();
            if (found.isPresent()) {
                return found.get();
            }
            return context.handleWeirdStringValue(type, label, "none of %s", choices());
        }

        private String choices() {
            return Arrays.stream(type.getEnumConstants())
                    .map(constant -> ((Labelled) constant).label())
                    .collect(Collectors.joining(", "));
        }
    }
}
