import type { StoredConnection } from '../../core/model.ts';
import type { Budget } from '../../core/provider/budget.ts';
import type { WriteCall } from '../../core/provider/writes.ts';
import { budgetOf } from './budgets.ts';

/** As UiPath's page on rate limits of the identity server has it: POST apart from all other changes. */
const within = 5 * 60_000;
const posts = [{ most: 24_000, within }];
const others = [{ most: 160, within }];

export function writeBudget(method: WriteCall['method'], connection: StoredConnection): Budget | undefined {
  return method === 'POST' ? budgetOf(connection, 'post', posts) : budgetOf(connection, 'change', others);
}
