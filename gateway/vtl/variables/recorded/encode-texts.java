// What Java and commons-lang 2 make of texts, one JSON object a line on either side. Run by record.fixture.ts.
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import net.minidev.json.JSONValue;
import org.apache.commons.lang.StringEscapeUtils;

class EncodeTexts {
  interface Act {
    String on(String text) throws Exception;
  }

  private static final Map<String, Act> ACTS = Map.of(
      "escapeJavaScript", StringEscapeUtils::escapeJavaScript,
      "urlEncode", text -> URLEncoder.encode(text, "UTF-8"),
      "urlDecode", text -> URLDecoder.decode(text, "UTF-8"),
      "base64Encode", text -> Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)),
      "base64Decode", text -> new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8));

  public static void main(String[] arguments) throws Exception {
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    PrintStream out = new PrintStream(System.out, false, "UTF-8");
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      Map<?, ?> question = (Map<?, ?>) JSONValue.parse(line);
      try {
        out.println("{\"gives\":" + quoted(ACTS.get(question.get("act")).on((String) question.get("text"))) + "}");
      } catch (Exception thrown) {
        out.println("{\"thrown\":\"" + thrown.getClass().getSimpleName() + "\"}");
      }
    }
    out.flush();
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (char unit : text.toCharArray()) {
      if (unit == '"' || unit == '\\') quoted.append('\\').append(unit);
      else if (unit < ' ' || unit > '~') quoted.append(String.format("\\u%04x", (int) unit));
      else quoted.append(unit);
    }
    return quoted.append('"').toString();
  }
}
