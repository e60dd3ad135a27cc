export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** Of the element itself, as XML 1.0 reads it. */
  readonly text: string;
}

interface Open {
  name: string;
  attributes: Record<string, string>;
  children: XmlElement[];
  text: string;
}

const token = /<\?xml[^?]*\?>|<\/([\w:]+)>|<([\w:]+)((?:\s+[\w:]+="[^"<]*")*)\s*(\/?)>|([^<]+)/y;
const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Reads XML 1.0 without comments and the like. @throws where the text is anything else */
export function parseStrictXml(source: string): XmlElement {
  const root: Open = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  token.lastIndex = 0;
  while (token.lastIndex < source.length) {
    const at = token.lastIndex;
    const found = token.exec(source);
    const current = open.at(-1);
    if (!found || !current) throw new Error(`No XML at ${at}: ${JSON.stringify(source.slice(at, at + 60))}`);
    const [, closed, opened, attributes = '', isEmpty, text] = found;
    if (text !== undefined) current.text += plainText(text);
    if (closed !== undefined && open.pop()?.name !== closed) throw new Error(`${closed} ends where it did not begin.`);
    if (opened === undefined) continue;
    const pairs = [...attributes.matchAll(/([\w:]+)="([^"]*)"/g)].map(([, name, value]) => [
      name,
      plainText(value ?? ''),
    ]);
    const element: Open = { name: opened, attributes: Object.fromEntries(pairs), children: [], text: '' };
    current.children.push(element);
    if (isEmpty === '') open.push(element);
  }
  const [only, ...others] = root.children;
  if (open.length !== 1 || !only || others.length > 0 || root.text.trim() !== '') throw new Error('Not one element.');
  return only;
}

function plainText(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML does not allow
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\]\]>/.test(text)) throw new Error('No character of XML.');
  return text.replace(/\r\n?/g, '\n').replace(/&(\w*;?)/g, (_, name: string) => {
    const meant = entities[name.slice(0, -1)];
    if (!name.endsWith(';') || meant === undefined) throw new Error(`No entity: &${name}`);
    return meant;
  });
}

export function descendants(element: XmlElement, name: string): readonly XmlElement[] {
  return element.children.flatMap((child) => [...(child.name === name ? [child] : []), ...descendants(child, name)]);
}
