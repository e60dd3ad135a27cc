import type { AccessResult } from './result.ts';

/** What several are called beside each other: where names are equal, with what tells them apart. */
export function subjectNames(
  results: readonly AccessResult[],
  tenantName: (tenantId: string) => string | undefined,
): readonly string[] {
  return results.map((result) => {
    const { name } = result.subject;
    const alike = results.filter(({ subject }) => subject.name === name);
    if (alike.length < 2) return name;
    const own = marksOf(result, tenantName);
    const others = alike.filter((other) => other !== result).map((other) => marksOf(other, tenantName));
    const telling = own.find((mark, at) => mark !== undefined && others.every((marks) => marks[at] !== mark));
    return telling === undefined ? name : `${name} (${telling})`;
  });
}

function marksOf(
  { subject, principals }: AccessResult,
  tenantName: (tenantId: string) => string | undefined,
): readonly (string | undefined)[] {
  const [first] = principals;
  const tenantId = subject.group?.tenantId ?? first?.tenantId;
  return [
    principals.find(({ email }) => email !== undefined)?.email,
    tenantId === undefined ? undefined : tenantName(tenantId),
    subject.group?.groupId ?? first?.id,
  ];
}
