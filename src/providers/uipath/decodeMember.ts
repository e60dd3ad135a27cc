import { isRecord } from '../../core/isRecord.ts';
import type { MemberRow } from '../../core/provider/rows.ts';
import { isTextOrAbsent, textOf } from '../text.ts';

const objectTypes: ReadonlyMap<unknown, string> = new Map([
  ['DirectoryUser', 'user'],
  ['DirectoryGroup', 'group'],
  ['DirectoryRobotUser', 'robot'],
  ['DirectoryApplication', 'app'],
]);

/** `UserType`: the API's definition has words, the service sends numbers (`users.constants.ts` of UiPath's TypeScript SDK). */
const userTypes: ReadonlyMap<unknown, string> = new Map<unknown, string>([
  [0, 'user'],
  ['user', 'user'],
  [1, 'robot'],
  ['robot', 'robot'],
  [2, 'user'],
  ['directoryUser', 'user'],
  [3, 'group'],
  ['directoryGroup', 'group'],
  [4, 'robot'],
  ['robotAccount', 'robot'],
  [5, 'app'],
  ['application', 'app'],
]);

/** A member as a group brings it along; undefined when it names no one, or names someone in a form that cannot be read. */
export function decodeMember(member: unknown): MemberRow | undefined {
  if (!isRecord(member)) return undefined;
  const { identifier, name, email, objectType } = member;
  if (!isTextOrAbsent(identifier) || !isTextOrAbsent(name) || !isTextOrAbsent(email) || !isTextOrAbsent(objectType))
    return undefined;
  const id = textOf(identifier) ?? textOf(email) ?? textOf(name);
  if (id === undefined) return undefined;
  return {
    id,
    name: textOf(member.displayName) ?? textOf(email) ?? textOf(name) ?? id,
    identifier: id,
    principalType: objectTypes.get(objectType) ?? 'unknown',
    details: member,
    ...optional('email', email),
    ...optional('source', member.source),
  };
}

/** A member as `Group/…/Members` lists it: by id and type code only. */
export function referenceRow(reference: unknown): MemberRow | undefined {
  if (!isRecord(reference)) return undefined;
  const id = textOf(reference.id);
  if (id === undefined) return undefined;
  const principalType = userTypes.get(reference.type) ?? 'unknown';
  return { id, name: id, identifier: id, principalType, details: reference, isReference: true };
}

/** A row of `User/users`, which says who an id is. */
export function personRow(person: unknown): MemberRow | undefined {
  if (!isRecord(person)) return undefined;
  const { name, surname, userName, displayName, email } = person;
  const id = textOf(person.id);
  if (id === undefined) return undefined;
  const fullName = [textOf(name), textOf(surname)].filter((part) => part !== undefined).join(' ');
  return {
    id,
    name: textOf(displayName) ?? textOf(fullName) ?? textOf(userName) ?? textOf(email) ?? id,
    identifier: id,
    principalType: userTypes.get(person.type) ?? 'unknown',
    details: person,
    ...optional('email', email),
  };
}

/** A row of `RobotAccount`. */
export function robotRow(robot: unknown): MemberRow | undefined {
  if (!isRecord(robot)) return undefined;
  const id = textOf(robot.id);
  if (id === undefined) return undefined;
  const name = textOf(robot.displayName) ?? textOf(robot.name) ?? id;
  return { id, name, identifier: id, principalType: 'robot', details: robot };
}

/** The one member of the group that everyone in the organization is in. */
export function everyone(groupName = 'Everyone'): MemberRow {
  return { id: 'everyone', name: groupName, identifier: 'everyone', principalType: 'everyone' };
}

function optional<K extends 'email' | 'source'>(key: K, value: unknown): { readonly [key in K]?: string } {
  const text = textOf(value);
  return text === undefined ? {} : ({ [key]: text } as { readonly [key in K]?: string });
}
