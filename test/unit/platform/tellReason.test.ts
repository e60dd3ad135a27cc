import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import ts from 'typescript';
import { errorOfReply } from '../../../src/core/http/http.ts';
import { reasonTexts } from '../../../src/platform/reasonTexts.ts';
import { tellReason } from '../../../src/platform/tellReason.ts';
import { wrongShape } from '../../../src/providers/json.ts';
import { bundlePath, readBundle } from '../../support/bundles.ts';
import { projectFolder } from '../../support/folders.ts';
import { pseudo, untranslatedPart } from '../../support/pseudo.ts';

const fill = (text: string, values: readonly unknown[]) =>
  text.replace(/\{(\d)\}/g, (_, place: string) => String(values[Number(place)]));
const inPseudo = (text: string, ...values: readonly unknown[]) => fill(pseudo(text), values);
const german = readBundle(bundlePath('de'));
const inGerman = (text: string, ...values: readonly unknown[]) => fill(german[text] ?? text, values);
/** What is left of a reason in English, but for what was put into it. */
const left = (reason: string, ...data: readonly string[]) => untranslatedPart(tellReason(inPseudo, reason), data);

describe('the reason of a failure', () => {
  it('is told in the language of the user, the words of a service as they are', () => {
    assert.equal(
      tellReason(inGerman, 'The service answered 401: PowerBINotAuthorizedException'),
      'Der Dienst hat mit 401 geantwortet: PowerBINotAuthorizedException',
    );
    assert.equal(tellReason(inGerman, 'Quota of the tenant is used up.'), 'Quota of the tenant is used up.');
    const asItIs = (text: string) => text;
    assert.equal(
      tellReason(asItIs, 'The service answered 401: No. Cancelled.'),
      'The service answered 401: No. Cancelled.',
    );
  });

  it('is not looked through where it is longer than any of ours: that would hold up all extensions', () => {
    const long = `The service answered 401: ${'no '.repeat(400)}`;
    assert.equal(tellReason(inGerman, long), long);
  });

  it('may be several behind each other, and one in another', () => {
    assert.equal(
      tellReason(
        inGerman,
        'Who 3 of the members are is not known: The service answered 403 (forbidden). This needs the scope PM.User.Read.',
      ),
      'Wer 3 der Mitglieder sind, ist nicht bekannt: Der Dienst hat mit 403 geantwortet (verboten). Dafür ist der Scope PM.User.Read nötig.',
    );
    assert.equal(
      tellReason(inGerman, 'The service was asked for a list of groups but sent an object.'),
      'Der Dienst wurde nach einer Liste von Gruppen gefragt, hat aber ein Objekt gesendet.',
    );
  });

  it('keeps what is put into it, whatever that is', () => {
    const name = 'Zoë {0} $& “x”.y';
    assert.ok(tellReason(inGerman, `The service refused it: ${name}`).endsWith(`: ${name}`));
  });

  it('is translated for every status and every reply of another shape', () => {
    for (const status of [301, 400, 401, 403, 404, 409, 429, 500, 502, 503, 504, 599]) {
      const reply = { status, header: () => undefined, bytes: new Uint8Array() };
      for (const rules of [{}, { errorMessage: () => 'Xyzzy' }])
        assert.equal(left(errorOfReply(reply, rules, new Date())?.message ?? 'none', 'Xyzzy'), '', `${status}`);
    }
    for (const got of [undefined, null, [], {}, 'text', 1, true])
      assert.equal(left(wrongShape('a list of groups', got).message), '');
  });

  it('is translated wherever it is made', () => {
    const sentences = textsIn(`{${places},src/platform/*.ts}`, /^[A-Z][a-z]* .*[.:] ?7?$/);
    assert.ok(sentences.length > 80);
    for (const { text, place } of sentences)
      assert.equal(left(text), '', `${place} is among the reason texts: ${text}`);
  });

  it('is translated in its parts', () => {
    const parts = textsIn(places, /^(an?|the|its?|no|some) [a-z' ]+$/);
    assert.ok(parts.length > 15);
    for (const { text, place } of parts) assert.equal(left(text), '', `${place} is among the part texts: ${text}`);
  });

  it('is made somewhere, of each text there is', () => {
    const sources = globSync(places, { cwd: projectFolder })
      .map((path) => readFileSync(join(projectFolder, path), 'utf8').replaceAll(/\$\{[^}]*\}/g, '{}'))
      .join('\n');
    for (const text of reasonTexts((one) => one)) {
      const longest = text.split(/\{\d\}| \(|\)?\.$/).toSorted((a, b) => b.length - a.length)[0] ?? '';
      assert.ok(sources.includes(longest) || sources.includes(longest.replaceAll("'", "\\'")), text);
    }
  });
});

/** Where reasons are made. */
const places = 'src/{core,providers,auth,store,sync,worker}/**/*.ts';

/** What they say is told to other extensions, in English. */
const forExtensions = [
  ...['checkAuth', 'checkConnection', 'endpoint', 'providerRegistry', 'workspaceChoice'],
  ...['findAccess', 'wholeTenantCompleteness', 'forget'],
];

/** What it says stands in the log. */
const forLog = ['logger'];

/** Texts of such a shape in the source that are neither translated where they stand nor written into the log. */
function textsIn(pattern: string, shape: RegExp): readonly { readonly text: string; readonly place: string }[] {
  return globSync(pattern, { cwd: projectFolder })
    .filter((path) => ![...forExtensions, ...forLog].includes(basename(path, '.ts')))
    .flatMap((path) => {
      const file = ts.createSourceFile(
        path,
        readFileSync(join(projectFolder, path), 'utf8'),
        ts.ScriptTarget.Latest,
        true,
      );
      const found: { text: string; place: string }[] = [];
      const visit = (node: ts.Node): void => {
        if (ts.isCallExpression(node) && /(^|\.)t$|\blog\.|^sql\./.test(node.expression.getText())) return;
        if (ts.isNewExpression(node) && node.expression.getText() === 'Error') return;
        const text = textOf(node)?.trim() ?? '';
        const { line } = file.getLineAndCharacterOfPosition(node.getStart());
        if (shape.test(text)) found.push({ text, place: `${path}:${line + 1}` });
        ts.forEachChild(node, visit);
      };
      visit(file);
      return found;
    });
}

/** A literal text, with a number for each value in it. */
function textOf(node: ts.Node): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return undefined;
  return node.head.text + node.templateSpans.map(({ literal }) => `7${literal.text}`).join('');
}
