package dev.lares.core.web;

import static dev.lares.core.testing.MatrixAssertions.assertThat;

import dev.lares.core.testing.RawHttp;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(WebLayer.class)
class BodyTest {
    private static final byte[] SLOW_START = "{\"user_id\":".getBytes(StandardCharsets.UTF_8);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "text/plain",
                "application/x-www-form-urlencoded",
                "image/png",
                "nonsense",
                "multipart/form-data",
                "application/json; charset=latin1",
            })
    void isReadWhateverItsTypeIsSaidToBe(String type, WebLayer server) {
        var headers = Map.of("Content-Type", type, "Accept", "text/html");
        assertThat(
                        server.send(
                                "POST",
                                "/_matrix/test/kick",
                                headers,
                                "{\"user_id\":\"@ä:b\",\"reason\":\"=&\",\"x\":[]}"))
                .isOk()
                .hasJson("{\"what\":\"@ä:b\",\"more\":\"=&\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"user_id\":                          | M_NOT_JSON",
                "''                                     | M_NOT_JSON",
                "nonsense                               | M_NOT_JSON",
                "{} {}                                  | M_NOT_JSON",
                "{'user_id':'@a:b'}                     | M_NOT_JSON",
                "[]                                     | M_BAD_JSON",
                "null                                   | M_BAD_JSON",
                "{}                                     | M_BAD_JSON",
                "{\"user_id\":null}                     | M_BAD_JSON",
                "{\"user_id\":5}                        | M_BAD_JSON",
                "{\"user_id\":true}                     | M_BAD_JSON",
                "{\"user_id\":[\"@a:b\"]}               | M_BAD_JSON",
                "{\"user_id\":{\"value\":\"@a:b\"}}     | M_BAD_JSON",
                "{\"user_id\":\"@a:b\",\"reason\":5}    | M_BAD_JSON",
                "{\"user_id\":\"@a:b\",\"reason\":[]}   | M_BAD_JSON",
                "{\"user_id\":\"@a:b\",\"reason\":{}}   | M_BAD_JSON",
                "{\"user_id\":\"@a:b\",\"quiet\":\"true\"} | M_BAD_JSON",
                "{\"user_id\":\"@a:b\",\"quiet\":1}     | M_BAD_JSON",
                "{\"user_id\":\"@a:b\",\"reason\":\"\\u0000\"} | M_BAD_JSON",
                "{\"user_id\":\"@a:b\",\"reason\":\"\\ud800\"} | M_BAD_JSON",
                "{\"user_id\":\"@a:b\",\"user_id\":\"@a:b\"} | M_BAD_JSON",
                "{\"user_id\":\"@a:b\",\"x\":1.5}       | M_BAD_JSON",
                "{\"user_id\":\"@a:b\",\"x\":9007199254740992} | M_BAD_JSON",
                "{\"user_id\":\"a\"}                    | M_INVALID_PARAM",
                "{\"user_id\":\"\"}                     | M_INVALID_PARAM",
            })
    void isRefusedWhereItIsNotWhatTheEndpointTakes(String body, String errcode, WebLayer server) {
        assertThat(server.send("POST", "/_matrix/test/kick", body))
                .hasStatus(400)
                .hasErrcode(errcode);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"kicks\":[],\"count\":\"1\"}",
                "{\"kicks\":[],\"count\":null}",
                "{\"kicks\":[],\"count\":4294967297}",
                "{\"kicks\":{},\"count\":1}",
                "{\"kicks\":\"\",\"count\":1}",
                "{\"kicks\":[5],\"count\":1}",
                "{\"kicks\":[\"\"],\"count\":1}",
                "{\"kicks\":[],\"count\":1,\"content\":[]}",
                "{\"kicks\":[],\"count\":1,\"content\":\"\"}",
            })
    void takesNoValueForOneOfAnotherType(String body, WebLayer server) {
        assertThat(server.send("POST", "/_matrix/test/nested", body))
                .hasStatus(400)
                .hasErrcode("M_BAD_JSON");
    }

    @Test
    void keepsWhatItHolds(WebLayer server) {
        var body =
                """
                {"kicks":[{"user_id":"@a:b","quiet":false}],"count":7,
                 "content":{"x_y":{"zA":null,"n":[1,true,"\\u0000"]}}}
                """;
        assertThat(server.send("POST", "/_matrix/test/nested", body)).isOk().hasJson(body);
        var content = "{\"b\":1,\"a\":{\"ä\":[null,-9007199254740991]}}";
        var response = server.send("POST", "/_matrix/test/canonical", content);
        assertThat(response.text()).isEqualTo("{\"a\":{\"ä\":[null,-9007199254740991]},\"b\":1}");
    }

    @Test
    void mayBeEmptyWhereItNeedNotBeSent(WebLayer server) {
        assertThat(server.send("POST", "/_matrix/test/lenient", "")).isOk().hasJson("{}");
        assertThat(server.send("POST", "/_matrix/test/lenient", "x"))
                .hasStatus(400)
                .hasErrcode("M_NOT_JSON");
    }

    @Test
    void isReadAsAFormWhereAPageIsSubmitted(WebLayer server) {
        assertThat(server.send("POST", "/_matrix/test/form?session=s", "name=a+b%26&name=c"))
                .hasJson("{\"what\":\"a b&\",\"more\":\"s\"}");
    }

    @Test
    void isRefusedWhenItIsNotUtf8(WebLayer server) {
        var body = "{\"user_id\":\"@?:b\"}".getBytes(StandardCharsets.US_ASCII);
        body[13] = (byte) 0xFF;
        assertThat(RawHttp.exchange(server.port(), "POST", "/_matrix/test/kick", body))
                .hasStatus(400)
                .hasErrcode("M_NOT_JSON");
    }

    @Test
    void isRefusedWhenItIsTooLarge(WebLayer server) {
        var response =
                RawHttp.exchange(
                        server.port(), "POST", "/_matrix/test/kick", new byte[10 * 1024 * 1024]);
        assertThat(response).hasStatus(413).hasErrcode("M_TOO_LARGE");
    }

    @Test
    void isRefusedWhenItIsTooLargeAndDoesNotSaySo(WebLayer server) {
        var chunk = new ByteArrayOutputStream();
        chunk.writeBytes("100000\r\n".getBytes(StandardCharsets.US_ASCII));
        chunk.writeBytes(new byte[0x100000]);
        chunk.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        try (var connection = new RawHttp(server.port())) {
            connection.send(
                    "POST /_matrix/test/kick HTTP/1.1\r\nHost: localhost\r\n"
                            + "Transfer-Encoding: chunked\r\n\r\n",
                    new byte[0]);
            for (int i = 0; i < 10; i++) {
                connection.send("", chunk.toByteArray());
            }
            connection.send("0\r\n\r\n", new byte[0]);
            assertThat(connection.receive("POST")).hasStatus(413).hasErrcode("M_TOO_LARGE");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"name=%zz", "name=%", "name=%FF", "name=%00", "%ED%A0%80=x", "ä=\0"})
    void isRefusedWhereItIsNoForm(String body, WebLayer server) {
        assertThat(server.send("POST", "/_matrix/test/form?session=s", body))
                .hasStatus(400)
                .hasErrcode("M_INVALID_PARAM");
    }

    @Test
    void isRefusedWhereTheFormHasMoreFieldsThanAPage(WebLayer server) {
        assertThat(server.send("POST", "/_matrix/test/form?session=s", "a&".repeat(101)))
                .hasStatus(400)
                .hasErrcode("M_INVALID_PARAM");
    }

    @Test
    void isRefusedWhenItsChunksAreBroken(WebLayer server) {
        try (var connection = new RawHttp(server.port())) {
            connection.send(
                    "POST /_matrix/test/kick HTTP/1.1\r\nHost: localhost\r\n"
                            + "Transfer-Encoding: chunked\r\n\r\nnonsense\r\n",
                    SLOW_START);
            assertThat(connection.receive("POST")).hasStatus(400).hasErrcode("M_NOT_JSON");
        }
    }

    @Test
    void isGivenUpWhenItIsTooSlow(WebLayer server) {
        try (var connection = new RawHttp(server.port())) {
            connection.send(RawHttp.head("POST", "/_matrix/test/kick", Map.of(), 100), SLOW_START);
            assertThat(connection.receive("POST")).hasStatus(408).hasErrcode("M_UNKNOWN");
        }
    }
}
