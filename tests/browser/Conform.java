import java.io.File;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;

/**
 * Holds every PDF that it is given against the rules of PDF/UA-1 and of the part of PDF/A that the file claims, with
 * veraPDF. Prints a line for each file and standard, `FILE 2a`, and one for each rule that is broken.
 */
public class Conform {
  public static void main(String[] files) throws Exception {
    Logger.getLogger("").setLevel(Level.SEVERE);
    VeraGreenfieldFoundryProvider.initialise();
    for (String file : files) {
      try (PDFAParser parser = Foundries.defaultInstance().createParser(new File(file))) {
        hold(file, parser.getFlavour());
        hold(file, PDFAFlavour.PDFUA_1);
      }
    }
  }

  private static void hold(String file, PDFAFlavour standard) throws Exception {
    System.out.println(file + " " + standard.getId());
    try (PDFAParser parser = Foundries.defaultInstance().createParser(new File(file), standard);
         PDFAValidator validator = Foundries.defaultInstance().createValidator(standard, false)) {
      TreeSet<String> broken = new TreeSet<>();
      for (TestAssertion one : validator.validate(parser).getTestAssertions()) {
        if (one.getStatus() != TestAssertion.Status.PASSED) {
          broken.add(one.getRuleId().getClause() + "-" + one.getRuleId().getTestNumber() + " " + one.getMessage());
        }
      }
      broken.forEach(rule -> System.out.println(file + " " + standard.getId() + ": " + rule));
    }
  }
}
