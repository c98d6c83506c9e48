import java.io.FileInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/**
 * Verify LIST: the list has a flavour and a path in each line, "ua1 out/screen.pdf".
 * Says each rule that a file breaks once, with how often and where first; exit 1 when
 * any is broken, 2 when a file cannot be read or the list is empty.
 */
public final class Verify {
	private static boolean passes(PDFAFlavour flavour, String path) throws Exception {
		try (FileInputStream in = new FileInputStream(path);
		     PDFAParser parser = Foundries.defaultInstance().createParser(in, flavour);
		     PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, false)) {
			ValidationResult result = validator.validate(parser);
			Map<String, Integer> counts = new TreeMap<>();
			Map<String, TestAssertion> first = new TreeMap<>();
			for (TestAssertion a : result.getTestAssertions()) {
				if (a.getStatus() == TestAssertion.Status.PASSED)
					continue;
				String rule = a.getRuleId().getClause() + "-" + a.getRuleId().getTestNumber();
				counts.merge(rule, 1, Integer::sum);
				first.putIfAbsent(rule, a);
			}
			for (Map.Entry<String, TestAssertion> e : first.entrySet())
				System.out.println(path + ": " + flavour.getId() + " " + e.getKey() + " ("
						   + counts.get(e.getKey()) + " times): "
						   + e.getValue().getMessage() + " ["
						   + e.getValue().getLocation().getContext() + "]");
			return result.isCompliant();
		}
	}

	public static void main(String[] args) throws Exception {
		VeraGreenfieldFoundryProvider.initialise();
		int passed = 0, failed = 0;
		for (String line : Files.readAllLines(Path.of(args[0]))) {
			String[] part = line.split(" ", 2);
			if (passes(PDFAFlavour.fromString(part[0]), part[1])) {
				passed++;
			} else {
				System.out.println("NOT ok: veraPDF " + line);
				failed++;
			}
		}
		System.out.println("veraPDF: " + passed + " passed, " + failed + " failed");
		System.exit(failed > 0 ? 1 : passed == 0 ? 2 : 0);
	}
}
