package dev.skein.protocol.codec;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.skein.protocol.SizeLimits;
import java.util.List;
import java.util.SortedMap;

/** Configures the mapper that {@link Json} is made of. */
final class JsonMappers {
    private static final JsonSetter.Value MISSING_IS_EMPTY =
            JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY);

    private JsonMappers() {}

    /** A script is one text, and Jackson's own limit is below what a script may have. */
    private static JsonFactory factory() {
        StreamReadConstraints texts =
                StreamReadConstraints.builder().maxStringLength(SizeLimits.PLAN_BYTES_MAX).build();
        return JsonFactory.builder().streamReadConstraints(texts).build();
    }

    static ObjectMapper create() {
        return JsonMapper.builder(factory())
                .addModules(new Jdk8Module(), new JavaTimeModule(), new ValueModule())
                .defaultPropertyInclusion(
                        JsonInclude.Value.construct(
                                JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS))
                // A record's components are its properties; methods such as isAll() are not.
                .visibility(PropertyAccessor.IS_GETTER, Visibility.NONE)
                .withConfigOverride(List.class, type -> type.setSetterInfo(MISSING_IS_EMPTY))
                .withConfigOverride(SortedMap.class, type -> type.setSetterInfo(MISSING_IS_EMPTY))
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
                .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .disable(MapperFeature.REQUIRE_TYPE_ID_FOR_SUBTYPES)
                .build();
    }
}
