import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { projectFolder } from './folders.ts';

/** Texts by what they are in the source. */
export type Bundle = Readonly<Record<string, string>>;

interface Found {
  readonly texts: ReadonlySet<string>;
  /** Calls that no translation can serve, each with its place. */
  readonly problems: readonly string[];
}

/** Hands on the texts that others give it. */
const handsOn = [join('src', 'core', 'text', 'withNumbers.ts')];

/** Every text that the source hands to its translate function, which is always called `t`. */
export function findTexts(): Found {
  const texts = new Set<string>();
  const problems: string[] = [];
  for (const path of globSync('src/**/*.ts', { cwd: projectFolder }).toSorted()) {
    if (handsOn.includes(path)) continue;
    const found = textsIn(path, readFileSync(join(projectFolder, path), 'utf8'));
    for (const text of found.texts) texts.add(text);
    problems.push(...found.problems);
  }
  return { texts, problems };
}

/** The texts of one file. */
export function textsIn(path: string, source: string): Found {
  const texts = new Set<string>();
  const problems: string[] = [];
  const file = ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true);
  const problem = (node: ts.Node, what: string) => {
    const { line } = file.getLineAndCharacterOfPosition(node.getStart());
    problems.push(`${path}:${line + 1}: ${what}`);
  };
  const visit = (node: ts.Node): void => {
    ts.forEachChild(node, visit);
    if (givesItAnotherName(node)) problem(node, 'the translate function has to be called t');
    if (!ts.isCallExpression(node) || nameOf(node.expression) !== 't') return;
    const [text, ...values] = node.arguments;
    if (!text || !ts.isStringLiteralLike(text)) {
      problem(node, 'only a literal text can be translated');
      return;
    }
    texts.add(text.text);
    const given = countOf(values);
    const wanted = placeholders(text.text);
    if (given !== undefined && wanted.join() !== [...Array(given).keys()].join())
      problem(node, `${given} values for the placeholders of ${JSON.stringify(text.text)}`);
  };
  visit(file);
  return { texts, problems };
}

/** The numbers in a text's `{0}`, `{1}` …, each once, in order. */
export function placeholders(text: string): readonly number[] {
  const numbers = [...text.matchAll(/\{(\d+)\}/g)].map(([, number]) => Number(number));
  return [...new Set(numbers)].toSorted((a, b) => a - b);
}

function nameOf(node: ts.Node): string | undefined {
  if (ts.isIdentifier(node)) return node.text;
  return ts.isPropertyAccessExpression(node) ? node.name.text : undefined;
}

/** Whether it declares something of the type `Translate`, or takes `t` out of something, by a name that is not `t`. */
function givesItAnotherName(node: ts.Node): boolean {
  if (ts.isBindingElement(node) && node.propertyName) return nameOf(node.propertyName) === 't';
  if (!ts.isParameter(node) && !ts.isPropertySignature(node) && !ts.isVariableDeclaration(node)) return false;
  const isIt = node.type && ts.isTypeReferenceNode(node.type) && node.type.typeName.getText() === 'Translate';
  return isIt === true && node.name.getText() !== 't';
}

/** How many values there are; of a spread list, the length where it is written out. */
function countOf(values: readonly ts.Expression[]): number | undefined {
  let count = 0;
  for (const value of values) {
    if (!ts.isSpreadElement(value)) count += 1;
    else if (ts.isArrayLiteralExpression(value.expression)) count += value.expression.elements.length;
    else return undefined;
  }
  return count;
}
