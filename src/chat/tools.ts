import { explainAccess } from './explainAccess.ts';
import { findPrincipal } from './findPrincipal.ts';
import { listGroups } from './listGroups.ts';
import { listMembers } from './listMembers.ts';
import { listTenants } from './listTenants.ts';
import type { Tool } from './tool.ts';

/** Every tool there is; each is in the manifest, too. */
export const tools: readonly Tool[] = [listTenants, listGroups, listMembers, findPrincipal, explainAccess];
