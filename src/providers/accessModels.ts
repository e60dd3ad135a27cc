import type { AccessModel } from '../core/findings/findings.ts';
import { accessModel as powerbi } from './powerbi/accessModel.ts';
import { accessModel as uipath } from './uipath/accessModel.ts';

/** What rights and groups mean, by provider id; loaded where it is asked. Groups of Entra have no rights. */
export const accessModels: Readonly<Record<string, AccessModel>> = { powerbi, uipath };
