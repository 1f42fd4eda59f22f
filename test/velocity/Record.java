import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.velocity.VelocityContext;
import org.apache.velocity.app.VelocityEngine;
import org.apache.velocity.runtime.resource.loader.StringResourceLoader;
import org.apache.velocity.runtime.resource.util.StringResourceRepository;

/**
 * Renders each template of standard input, one a line in base64, with Apache Velocity as it comes out of the box, and
 * prints one line for each: "= " and the output in base64, or "! " and the class of what was thrown. Each template has
 * an engine of its own, since macros outlive their template.
 */
public class Record {
  public static void main(String[] args) throws Exception {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      out.println(render(new String(Base64.getDecoder().decode(line), StandardCharsets.UTF_8)));
    }
  }

  private static String render(String template) {
    try {
      VelocityEngine engine = new VelocityEngine();
      engine.setProperty("runtime.log.logsystem.class", "org.apache.velocity.runtime.log.NullLogChute");
      engine.setProperty("resource.loader", "string");
      engine.setProperty("string.resource.loader.class", StringResourceLoader.class.getName());
      engine.setProperty("string.resource.loader.repository.static", "false");
      engine.init();
      StringResourceRepository repository =
          (StringResourceRepository)
              engine.getApplicationAttribute(StringResourceLoader.REPOSITORY_NAME_DEFAULT);
      repository.putStringResource("t", template);
      StringWriter writer = new StringWriter();
      engine.getTemplate("t", "UTF-8").merge(new VelocityContext(variables()), writer);
      byte[] output = writer.toString().getBytes(StandardCharsets.UTF_8);
      return "= " + Base64.getEncoder().encodeToString(output);
    } catch (Throwable thrown) {
      return "! " + thrown.getClass().getSimpleName();
    }
  }

  /** The same as in variables.ts. */
  private static Map<String, Object> variables() {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("a", 1);
    object.put("b", "two");
    Map<String, Object> deep = new LinkedHashMap<>();
    deep.put("list", new ArrayList<>(Arrays.asList(1, "x", new ArrayList<>(Arrays.asList(true)))));
    deep.put("map", object);
    deep.put("none", null);
    Map<String, Object> variables = new LinkedHashMap<>();
    variables.put("s", "hello");
    variables.put("i", 7);
    variables.put("long", 5000000000L);
    variables.put("d", 1.5);
    variables.put("yes", true);
    variables.put("no", false);
    variables.put("empty", "");
    variables.put("list", new ArrayList<>(Arrays.asList(1, "b", 2.5)));
    variables.put("nulls", new ArrayList<>(Arrays.asList("x", null, "y")));
    variables.put("o", object);
    variables.put("deep", deep);
    return variables;
  }
}
