import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.velocity.VelocityContext;
import org.apache.velocity.app.VelocityEngine;

/**
 * Renders templates of mock integrations with Apache Velocity. Each line of standard input has, in base64 and divided by
 * spaces, a template and the values of `Prefer`, `__code` and `__example`, "-" for none. Each line of standard output has
 * the text in base64, the status that was set, or "-", and the headers that were set, in base64 of `name: value` lines.
 */
public class RecordMocks {
  public static void main(String[] args) throws Exception {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    VelocityEngine engine = new VelocityEngine();
    engine.setProperty("runtime.log.logsystem.class", "org.apache.velocity.runtime.log.NullLogChute");
    engine.init();
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] parts = line.split(" ");
      Input input = new Input();
      put(input.header, "Prefer", parts[1]);
      put(input.querystring, "__code", parts[2]);
      put(input.querystring, "__example", parts[3]);
      Map<String, Object> headers = new TreeMap<>();
      Map<String, Object> override = new LinkedHashMap<>();
      override.put("header", headers);
      Map<String, Object> context = new LinkedHashMap<>();
      context.put("responseOverride", override);
      VelocityContext variables = new VelocityContext();
      variables.put("input", input);
      variables.put("util", new Util());
      variables.put("context", context);
      StringWriter writer = new StringWriter();
      engine.evaluate(variables, writer, "t", text(parts[0]));
      StringBuilder lines = new StringBuilder();
      headers.forEach((name, value) -> lines.append(name).append(": ").append(value).append('\n'));
      Object status = override.get("status");
      out.println(base64(writer.toString()) + " " + (status == null ? "-" : status) + " " + base64(lines.toString()));
    }
  }

  private static void put(Map<String, String> map, String name, String value) {
    if (!value.equals("-")) map.put(name, text(value));
  }

  private static String text(String base64) {
    return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
  }

  private static String base64(String text) {
    return "=" + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** What a request has of API Gateway's variable of that name. */
  public static class Input {
    final Map<String, String> header = new LinkedHashMap<>();
    final Map<String, String> querystring = new LinkedHashMap<>();

    public Map<String, Object> params() {
      Map<String, Object> params = new LinkedHashMap<>();
      params.put("path", new LinkedHashMap<>());
      params.put("querystring", querystring);
      params.put("header", header);
      return params;
    }
  }

  /** Templates of mocks read whole numbers only. */
  public static class Util {
    public Object parseJson(String text) {
      return Integer.valueOf(text);
    }
  }
}
