import { describeAborting } from './aborting.ts';
import { describeAdding } from './adding.ts';
import { describeChanges } from './changes.ts';
import { describeChoosing } from './choosing.ts';
import { describeDirectoryGroups } from './directoryGroups.ts';
import { describeEndpoints } from './endpoints.ts';
import { describeFinding } from './finding.ts';
import { describeIdentityMembers } from './identityMembers.ts';
import { describeIds } from './ids.ts';
import { describeLoading } from './loading.ts';
import { describeNesting } from './nesting.ts';
import { describePaging } from './paging.ts';
import { describeRefreshing } from './refreshing.ts';
import { describeRegistering } from './registering.ts';
import type { OpenApi } from './stage.ts';
import { describeStates } from './states.ts';
import { describeWhole } from './whole.ts';

/**
 * The rules of the API, one by one.
 * @param fixture where a file of test/fixtures is
 */
export function describeContract(name: string, open: OpenApi, fixture: (path: string) => string): void {
  describe(`the API of ${name}`, () => {
    describeLoading(open);
    describeAborting(open);
    describeStates(open);
    describeIds(open, fixture);
    describePaging(open);
    describeIdentityMembers(open);
    describeDirectoryGroups(open);
    describeAdding(open);
    describeChoosing(open);
    describeEndpoints(open);
    describeRefreshing(open);
    describeWhole(open);
    describeFinding(open);
    describeNesting(open);
    describeChanges(open);
    describeRegistering(open);
  });
}
