/**
 * npm run texts
 *
 * Writes the bundle of all texts in the source, takes out of each translation what is no longer there, and prints what
 * is still to be translated.
 */
import { bundlePath, languages, manifestBundlePath, readBundle, writeBundle } from './bundles.ts';
import { type Bundle, findTexts } from './texts.ts';

const { texts, problems } = findTexts();
for (const problem of problems) console.error(problem);
const english = Object.fromEntries([...texts].toSorted().map((text) => [text, text]));
writeBundle(bundlePath(), english);

for (const language of languages) {
  translate(english, bundlePath(language));
  translate(readBundle(manifestBundlePath()), manifestBundlePath(language));
}
process.exitCode = problems.length > 0 ? 1 : 0;

/** Puts the translations into the order of the originals. */
function translate(originals: Bundle, path: string): void {
  const translations = readBundle(path);
  const kept: Record<string, string> = {};
  for (const [key, original] of Object.entries(originals)) {
    const translation = translations[key];
    if (translation === undefined) console.log(`${path} lacks ${JSON.stringify(original)}`);
    else kept[key] = translation;
  }
  writeBundle(path, kept);
}
