import { isTarget, type Target } from '../../core/target.ts';

/** The rows that were dragged; none in what other extensions may call the same. */
export function draggedRows(text: string): readonly Target[] {
  let rows: unknown;
  try {
    rows = JSON.parse(text);
  } catch {
    return [];
  }
  return Array.isArray(rows) ? rows.filter(isTarget) : [];
}
