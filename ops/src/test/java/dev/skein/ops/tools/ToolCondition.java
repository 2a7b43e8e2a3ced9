package dev.skein.ops.tools;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Decides for {@link NeedsTool}. */
final class ToolCondition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return AnnotationSupport.findAnnotation(context.getElement(), NeedsTool.class)
                .flatMap(needs -> missing(needs.value()))
                .map(ToolCondition::without)
                .orElseGet(() -> ConditionEvaluationResult.enabled("the tools are there"));
    }

    private static Optional<String> missing(Tool... tools) {
        String missing =
                Stream.of(tools)
                        .filter(tool -> !tool.isThere())
                        .map(tool -> tool + " is not in " + tool.home())
                        .collect(Collectors.joining(", "));
        return Optional.of(missing).filter(text -> !text.isEmpty());
    }

    private static ConditionEvaluationResult without(String missing) {
        String reason = missing + "; run .ci/install-tools";
        if ("true".equals(System.getenv("CI"))) {
            throw new IllegalStateException("CI=true, and " + reason);
        }
        return ConditionEvaluationResult.disabled(reason);
    }
}
