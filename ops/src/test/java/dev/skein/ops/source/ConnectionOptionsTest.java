package dev.skein.ops.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConnectionOptionsTest {
    @Test
    void everyWayOfWritingAnOptionIsRead() {
        assertThat(
                        ConnectionOptions.in(
                                "-c role=app -cTimeZone=UTC --search-path=a,\"B\\ c\" -x 3"))
                .containsExactly("role=app", "timezone=UTC", "search_path=a,\"B c\"");
        assertThat(ConnectionOptions.in("")).isEmpty();
    }

    @Test
    void limitsAndNamesThatEveryAgentSetsAreLeftOut() {
        assertThat(
                        ConnectionOptions.in(
                                "-c lock_timeout=1s --statement-timeout=5s"
                                        + " -c application_name=a=b -c client_min_messages=error"))
                .isEmpty();
    }

    @Test
    void optionsAreFoundInEachAddressOfAText() {
        String text =
                "A=postgresql://u:p@h/d?sslmode=require&options=-c%20role%3Dapp&x=1\n"
                        + "B=\"jdbc:postgresql://h/d?options=--jit=off\" # options=-c a=b";
        assertThat(ConnectionOptions.inAddresses(text)).containsExactly("role=app", "jit=off");
        assertThat(ConnectionOptions.inAddresses("postgres://h/d?options=-c%zz")).isEmpty();
    }
}
