// What Jayway JsonPath makes of paths, one JSON object a line on either side. Run by record.fixture.ts.
import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.JsonPath;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import net.minidev.json.JSONValue;

class ReadPaths {
  public static void main(String[] arguments) throws Exception {
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    PrintStream out = new PrintStream(System.out, false, "UTF-8");
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      Map<?, ?> question = (Map<?, ?>) JSONValue.parse(line);
      out.println(answer((String) question.get("document"), (String) question.get("path")));
    }
    out.flush();
  }

  private static String answer(String document, String path) {
    try {
      Object root = Configuration.defaultConfiguration().jsonProvider().parse(document);
      StringBuilder json = new StringBuilder();
      JsonPath compiled;
      try {
        compiled = JsonPath.compile(path);
      } catch (Throwable refused) {
        return "{\"refused\":\"" + refused.getClass().getSimpleName() + "\"}";
      }
      write(compiled.read(root), json);
      return "{\"value\":" + quoted(json.toString()) + "}";
    } catch (Throwable thrown) {
      return "{\"thrown\":\"" + thrown.getClass().getSimpleName() + "\"}";
    }
  }

  /** JSON without any of json-smart's escapes, numbers as Java prints them. */
  private static void write(Object value, StringBuilder json) {
    if (value instanceof String) json.append(quoted((String) value));
    else if (value instanceof Map) {
      String comma = "";
      json.append('{');
      for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
        json.append(comma).append(quoted(String.valueOf(entry.getKey()))).append(':');
        write(entry.getValue(), json);
        comma = ",";
      }
      json.append('}');
    } else if (value instanceof Iterable) {
      String comma = "";
      json.append('[');
      for (Object item : (Iterable<?>) value) {
        json.append(comma);
        write(item, json);
        comma = ",";
      }
      json.append(']');
    } else json.append(value);
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (char unit : text.toCharArray()) {
      if (unit == '"' || unit == '\\') quoted.append('\\').append(unit);
      else if (unit == '\b') quoted.append("\\b");
      else if (unit == '\f') quoted.append("\\f");
      else if (unit == '\n') quoted.append("\\n");
      else if (unit == '\r') quoted.append("\\r");
      else if (unit == '\t') quoted.append("\\t");
      else if (unit < ' ') quoted.append(String.format("\\u%04x", (int) unit));
      else quoted.append(unit);
    }
    return quoted.append('"').toString();
  }
}
