import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.StringWriter;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.lang.StringEscapeUtils;
import org.apache.velocity.VelocityContext;
import org.apache.velocity.app.VelocityEngine;

/**
 * Renders templates that look into a request with Apache Velocity. Each line of standard input has, in base64 and divided
 * by spaces, a template, the body, and place, name and value of each thing that was sent. Each line of standard output has
 * the text in base64.
 */
public class RecordBackEnds {
  public static void main(String[] args) throws Exception {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    VelocityEngine engine = new VelocityEngine();
    engine.setProperty("runtime.log.logsystem.class", "org.apache.velocity.runtime.log.NullLogChute");
    engine.init();
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] parts = line.split(" ");
      Input input = new Input(text(parts[1]));
      for (int at = 2; at + 2 < parts.length; at += 3) {
        input.params.get(text(parts[at])).put(text(parts[at + 1]), text(parts[at + 2]));
      }
      VelocityContext variables = new VelocityContext();
      variables.put("input", input);
      variables.put("util", new Util());
      StringWriter writer = new StringWriter();
      engine.evaluate(variables, writer, "t", text(parts[0]));
      out.println(base64(writer.toString()));
    }
  }

  private static String text(String base64) {
    return new String(Base64.getDecoder().decode(base64.substring(1)), StandardCharsets.UTF_8);
  }

  private static String base64(String text) {
    return "=" + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** What a request has of API Gateway's variable of that name. */
  public static class Input {
    final Map<String, Map<String, String>> params = new LinkedHashMap<>();
    private final String body;

    Input(String body) {
      this.body = body;
      for (String place : new String[] {"path", "querystring", "header"}) params.put(place, new LinkedHashMap<>());
    }

    public Map<String, Map<String, String>> params() {
      return params;
    }

    public String json(String path) {
      return body;
    }
  }

  public static class Util {
    public String escapeJavaScript(String text) {
      return StringEscapeUtils.escapeJavaScript(text);
    }

    public String urlDecode(String text) throws Exception {
      return URLDecoder.decode(text, "UTF-8");
    }

    /** Numbers only, as Jackson reads them. */
    public Object parseJson(String text) {
      if (text.contains(".")) return Double.valueOf(text);
      long value = Long.parseLong(text);
      return value == (int) value ? (Object) Integer.valueOf((int) value) : (Object) Long.valueOf(value);
    }
  }
}
