import type { WorkspaceConfiguration } from 'vscode';

/** A whole number within bounds, whatever the settings file says. */
export function numberSetting(
  values: WorkspaceConfiguration,
  key: string,
  { usual, least = 0, most }: { readonly usual: number; readonly least?: number; readonly most: number },
): number {
  const value = values.get<unknown>(key);
  return typeof value === 'number' && Number.isFinite(value)
    ? Math.round(Math.min(Math.max(value, least), most))
    : usual;
}
