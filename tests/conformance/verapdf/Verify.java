import java.io.FileInputStream;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** Verify FLAVOUR FILE...: prints each failed rule once a file; exit 1 when any failed. */
public final class Verify {
	public static void main(String[] args) throws Exception {
		VeraGreenfieldFoundryProvider.initialise();
		PDFAFlavour flavour = PDFAFlavour.fromString(args[0]);
		boolean failed = false;
		for (int i = 1; i < args.length; i++) {
			try (FileInputStream in = new FileInputStream(args[i]);
			     PDFAParser parser = Foundries.defaultInstance().createParser(in, flavour);
			     PDFAValidator validator =
				     Foundries.defaultInstance().createValidator(flavour, false)) {
				ValidationResult result = validator.validate(parser);
				for (TestAssertion a : result.getTestAssertions()) {
					if (a.getStatus() == TestAssertion.Status.PASSED)
						continue;
					System.out.println(args[i] + ": " + a.getRuleId().getClause() + "-"
							   + a.getRuleId().getTestNumber() + ": " + a.getMessage()
							   + " [" + a.getLocation().getContext() + "]");
				}
				System.out.println(args[i] + ": " + args[0] + " "
						   + (result.isCompliant() ? "passed" : "failed"));
				failed |= !result.isCompliant();
			}
		}
		System.exit(failed ? 1 : 0);
	}
}
