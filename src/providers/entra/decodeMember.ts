import { isRecord } from '../../core/isRecord.ts';
import type { MemberRow } from '../../core/provider/rows.ts';
import { textOf } from '../text.ts';

const principalTypes: ReadonlyMap<unknown, string> = new Map([
  ['#microsoft.graph.user', 'user'],
  ['#microsoft.graph.group', 'group'],
  ['#microsoft.graph.servicePrincipal', 'app'],
]);

/**
 * A directory object as a model row; undefined when it has no id. Of objects of a type that the account may not read
 * only id and type come: such a member keeps its id for a name.
 */
export function decodeMember(object: unknown, typeOfList?: string): MemberRow | undefined {
  if (!isRecord(object)) return undefined;
  const id = textOf(object.id);
  if (id === undefined) return undefined;
  const email = textOf(object.mail) ?? textOf(object.userPrincipalName);
  return {
    id,
    name: textOf(object.displayName) ?? email ?? id,
    identifier: id,
    // In a list of one type the objects need not say it.
    principalType: principalTypes.get(object['@odata.type'] ?? typeOfList) ?? 'unknown',
    details: object,
    ...(email === undefined ? {} : { email }),
  };
}
