/**
 * The frameworks' own commands, run as a person runs them.
 *
 * <p>They are not there on every machine: {@code .ci/install-tools} puts them into {@code .tools/}
 * at the project's root, and a test or class that needs one says so with {@link
 * dev.skein.ops.tools.NeedsTool}.
 *
 * <pre>{@code
 * @NeedsTool(Tool.PRISMA)
 * class PrismaAgreementIT {
 *     @Test
 *     void statusAgrees() {
 *         Ran ran = new PrismaCommand(project, DatabaseUrl.of("tenant")).run("migrate", "status");
 *         assertThat(ran.exitCode()).as(ran.output()).isZero();
 *     }
 * }
 * }</pre>
 */
package dev.skein.ops.tools;
